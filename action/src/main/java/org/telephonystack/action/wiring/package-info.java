/// Start-up of the service: settings, and the only place where cores and edges are put together.
@NullMarked
package org.telephonystack.action.wiring;

import org.jspecify.annotations.NullMarked;
