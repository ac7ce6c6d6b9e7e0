/// Figures of simulated calls: how long callers waited.
@NullMarked
package org.telephonystack.simulator.report;

import org.jspecify.annotations.NullMarked;
