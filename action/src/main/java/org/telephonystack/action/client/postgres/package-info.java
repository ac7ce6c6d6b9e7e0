/// PostgreSQL behind the ports of [org.telephonystack.action.client].
@NullMarked
package org.telephonystack.action.client.postgres;

import org.jspecify.annotations.NullMarked;
