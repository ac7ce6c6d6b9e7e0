/// A whole telephone world on this machine: database, services, telephone network, voice model, trace receiver.
@NullMarked
package org.telephonystack.simulator.world;

import org.jspecify.annotations.NullMarked;
