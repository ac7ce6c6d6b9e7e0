/// What frontdoor does with a call whose stream has ended.
@NullMarked
package org.telephonystack.action.afterstream;

import org.jspecify.annotations.NullMarked;
