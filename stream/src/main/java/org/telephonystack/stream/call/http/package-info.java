/// Tool calls over HTTP to action.
@NullMarked
package org.telephonystack.stream.call.http;

import org.jspecify.annotations.NullMarked;
