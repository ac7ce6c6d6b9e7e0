/// Finding a free appointment and booking it.
@NullMarked
package org.telephonystack.action.booking;

import org.jspecify.annotations.NullMarked;
