/// Deleting in PostgreSQL.
@NullMarked
package org.telephonystack.action.retention.postgres;

import org.jspecify.annotations.NullMarked;
