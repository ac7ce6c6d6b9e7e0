/// Values that every service speaks.
@NullMarked
package org.telephonystack.model;

import org.jspecify.annotations.NullMarked;
