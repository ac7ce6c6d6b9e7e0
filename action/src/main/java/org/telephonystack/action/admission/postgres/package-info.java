/// Places, minutes and blocked callers in PostgreSQL.
@NullMarked
package org.telephonystack.action.admission.postgres;

import org.jspecify.annotations.NullMarked;
