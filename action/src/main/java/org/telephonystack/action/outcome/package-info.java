/// How a call ended, decided from everything known of it.
@NullMarked
package org.telephonystack.action.outcome;

import org.jspecify.annotations.NullMarked;
