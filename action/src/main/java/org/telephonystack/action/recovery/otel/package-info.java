/// The call's own spans.
@NullMarked
package org.telephonystack.action.recovery.otel;

import org.jspecify.annotations.NullMarked;
