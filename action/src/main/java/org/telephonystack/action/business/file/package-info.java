/// The business file: JSON, read strictly, with every problem named at once.
@NullMarked
package org.telephonystack.action.business.file;

import org.jspecify.annotations.NullMarked;
