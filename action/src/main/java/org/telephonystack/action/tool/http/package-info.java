/// Tool calls over HTTP: authenticated, read, answered, timed.
@NullMarked
package org.telephonystack.action.tool.http;

import org.jspecify.annotations.NullMarked;
