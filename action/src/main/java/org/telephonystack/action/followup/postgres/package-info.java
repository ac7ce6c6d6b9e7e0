/// PostgreSQL behind the port of [org.telephonystack.action.followup].
@NullMarked
package org.telephonystack.action.followup.postgres;

import org.jspecify.annotations.NullMarked;
