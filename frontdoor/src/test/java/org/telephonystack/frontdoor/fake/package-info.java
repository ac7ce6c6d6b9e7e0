/// Stand-ins for Twilio and action, for the tests of this service.
@NullMarked
package org.telephonystack.frontdoor.fake;

import org.jspecify.annotations.NullMarked;
