/// What the model may have done: a tool's name leads to its handler, the handler to the sentence to say.
@NullMarked
package org.telephonystack.action.tool;

import org.jspecify.annotations.NullMarked;
