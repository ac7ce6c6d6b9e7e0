/// Takeovers in PostgreSQL.
@NullMarked
package org.telephonystack.action.afterstream.postgres;

import org.jspecify.annotations.NullMarked;
