/// What keeps log lines few enough to be read.
@NullMarked
package org.telephonystack.model.log;

import org.jspecify.annotations.NullMarked;
