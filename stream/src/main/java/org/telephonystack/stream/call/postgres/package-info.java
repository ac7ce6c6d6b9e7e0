/// What PostgreSQL knows of a caller, and what it keeps of a call.
@NullMarked
package org.telephonystack.stream.call.postgres;

import org.jspecify.annotations.NullMarked;
