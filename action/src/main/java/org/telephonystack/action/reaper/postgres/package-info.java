/// Instances and their calls in PostgreSQL.
@NullMarked
package org.telephonystack.action.reaper.postgres;

import org.jspecify.annotations.NullMarked;
