/// What the services cost: time to start, memory, processor time per frame of sound.
@NullMarked
package org.telephonystack.simulator.measure;

import org.jspecify.annotations.NullMarked;
