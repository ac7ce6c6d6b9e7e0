/// Asks action over HTTP.
@NullMarked
package org.telephonystack.frontdoor.call.http;

import org.jspecify.annotations.NullMarked;
