/// What `./telephony demo` and `./telephony call` show: one scenario, told as it happens, and what it left behind.
@NullMarked
package org.telephonystack.simulator.demo;

import org.jspecify.annotations.NullMarked;
