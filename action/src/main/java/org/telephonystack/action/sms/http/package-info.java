/// Sending a text, for our own services.
@NullMarked
package org.telephonystack.action.sms.http;

import org.jspecify.annotations.NullMarked;
