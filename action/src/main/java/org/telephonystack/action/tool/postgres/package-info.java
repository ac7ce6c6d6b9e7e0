/// PostgreSQL behind the ports of [org.telephonystack.action.tool].
@NullMarked
package org.telephonystack.action.tool.postgres;

import org.jspecify.annotations.NullMarked;
