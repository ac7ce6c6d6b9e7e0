/// The internal API over HTTP.
@NullMarked
package org.telephonystack.action.afterstream.http;

import org.jspecify.annotations.NullMarked;
