/// The whole stack as child processes: PostgreSQL and the packaged services, for tests and for people.
@NullMarked
package org.telephonystack.simulator.stack;

import org.jspecify.annotations.NullMarked;
