/// What happens in a simulated call: what the caller does, what the model says.
@NullMarked
package org.telephonystack.simulator.script;

import org.jspecify.annotations.NullMarked;
