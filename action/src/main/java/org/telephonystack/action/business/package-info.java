/// The business whose calls are answered, as data.
@NullMarked
package org.telephonystack.action.business;

import org.jspecify.annotations.NullMarked;
