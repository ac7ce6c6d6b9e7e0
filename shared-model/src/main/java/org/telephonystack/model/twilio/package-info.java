/// What a request from Twilio looks like before anything is believed.
@NullMarked
package org.telephonystack.model.twilio;

import org.jspecify.annotations.NullMarked;
