/// What a call was about, found out after it.
@NullMarked
package org.telephonystack.action.analysis;

import org.jspecify.annotations.NullMarked;
