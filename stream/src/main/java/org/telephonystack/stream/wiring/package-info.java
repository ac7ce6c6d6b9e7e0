/// Start-up of the service: settings, and the only place where cores and edges are put together.
@NullMarked
package org.telephonystack.stream.wiring;

import org.jspecify.annotations.NullMarked;
