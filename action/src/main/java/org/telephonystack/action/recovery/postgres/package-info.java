/// Calls, their events and the outbox in PostgreSQL.
@NullMarked
package org.telephonystack.action.recovery.postgres;

import org.jspecify.annotations.NullMarked;
