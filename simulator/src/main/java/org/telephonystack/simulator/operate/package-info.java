/// What an operator asks before the first call: whether configuration, accounts and public address fit together.
@NullMarked
package org.telephonystack.simulator.operate;

import org.jspecify.annotations.NullMarked;
