/// Text messages, out and in.
@NullMarked
package org.telephonystack.action.sms;

import org.jspecify.annotations.NullMarked;
