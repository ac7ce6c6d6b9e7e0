/// What to do with a call: when it rings, when its stream ends, when nobody picked up.
@NullMarked
package org.telephonystack.frontdoor.call;

import org.jspecify.annotations.NullMarked;
