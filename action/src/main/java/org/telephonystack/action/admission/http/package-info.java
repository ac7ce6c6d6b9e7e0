/// Tells frontdoor who may talk to the assistant.
@NullMarked
package org.telephonystack.action.admission.http;

import org.jspecify.annotations.NullMarked;
