/// What is said in one language or another, as data.
@NullMarked
package org.telephonystack.stream.language;

import org.jspecify.annotations.NullMarked;
