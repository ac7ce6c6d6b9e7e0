/// Whole calls through the packaged services.
@NullMarked
package org.telephonystack.e2e;

import org.jspecify.annotations.NullMarked;
