/// PostgreSQL behind the ports of [org.telephonystack.action.booking].
@NullMarked
package org.telephonystack.action.booking.postgres;

import org.jspecify.annotations.NullMarked;
