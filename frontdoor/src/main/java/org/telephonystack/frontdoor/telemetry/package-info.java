/// What an operator sees of this service: log lines, metrics, spans.
@NullMarked
package org.telephonystack.frontdoor.telemetry;

import org.jspecify.annotations.NullMarked;
