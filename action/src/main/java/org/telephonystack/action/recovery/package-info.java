/// A lost caller gets one text.
@NullMarked
package org.telephonystack.action.recovery;

import org.jspecify.annotations.NullMarked;
