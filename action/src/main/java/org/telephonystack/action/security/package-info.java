/// Who may call us inside: the bearer secret our services share.
@NullMarked
package org.telephonystack.action.security;

import org.jspecify.annotations.NullMarked;
