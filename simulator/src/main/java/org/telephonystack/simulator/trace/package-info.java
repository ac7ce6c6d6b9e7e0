/// Receives the spans of the services as an OpenTelemetry collector would.
@NullMarked
package org.telephonystack.simulator.trace;

import org.jspecify.annotations.NullMarked;
