/// One call: what passes between the caller's leg and the voice model, free of sockets, clocks and threads.
@NullMarked
package org.telephonystack.stream.call;

import org.jspecify.annotations.NullMarked;
