/// What a process needs from its environment, checked before it starts.
@NullMarked
package org.telephonystack.model.settings;

import org.jspecify.annotations.NullMarked;
