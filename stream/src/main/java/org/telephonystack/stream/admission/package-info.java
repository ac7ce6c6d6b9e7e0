/// Who may have a stream: the gate before a call.
@NullMarked
package org.telephonystack.stream.admission;

import org.jspecify.annotations.NullMarked;
