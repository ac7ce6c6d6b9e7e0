/// Recorded speech and what both sides of a call sounded like: 8 kHz µ-law, own tables.
@NullMarked
package org.telephonystack.simulator.sound;

import org.jspecify.annotations.NullMarked;
