/// The pass with which a Media Stream enters the stream service.
@NullMarked
package org.telephonystack.model.ticket;

import org.jspecify.annotations.NullMarked;
