/// Twilio's REST API for one account: texts and live calls; it remembers everything and refuses what Twilio refuses.
@NullMarked
package org.telephonystack.simulator.rest;

import org.jspecify.annotations.NullMarked;
