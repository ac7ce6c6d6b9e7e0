/// What is deleted when its time is over.
@NullMarked
package org.telephonystack.action.retention;

import org.jspecify.annotations.NullMarked;
