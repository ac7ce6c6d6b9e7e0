/// Who may talk to the assistant now.
@NullMarked
package org.telephonystack.action.admission;

import org.jspecify.annotations.NullMarked;
