/// What a call leaves behind for people to do: support cases, messages and texts with a link.
@NullMarked
package org.telephonystack.action.followup;

import org.jspecify.annotations.NullMarked;
