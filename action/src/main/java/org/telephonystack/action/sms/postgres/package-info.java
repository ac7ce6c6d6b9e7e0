/// Opt-outs and the inbox in PostgreSQL.
@NullMarked
package org.telephonystack.action.sms.postgres;

import org.jspecify.annotations.NullMarked;
