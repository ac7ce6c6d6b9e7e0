/// Which recordings there are, in PostgreSQL.
@NullMarked
package org.telephonystack.action.recording.postgres;

import org.jspecify.annotations.NullMarked;
