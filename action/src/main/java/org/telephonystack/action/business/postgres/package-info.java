/// PostgreSQL behind the ports of [org.telephonystack.action.business].
@NullMarked
package org.telephonystack.action.business.postgres;

import org.jspecify.annotations.NullMarked;
