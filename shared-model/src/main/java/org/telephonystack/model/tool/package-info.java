/// The contract of a tool call between the model, stream and action.
@NullMarked
package org.telephonystack.model.tool;

import org.jspecify.annotations.NullMarked;
