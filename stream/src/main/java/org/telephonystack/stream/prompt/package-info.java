/// What the assistant is told: the business and its rules first, who is calling last.
@NullMarked
package org.telephonystack.stream.prompt;

import org.jspecify.annotations.NullMarked;
