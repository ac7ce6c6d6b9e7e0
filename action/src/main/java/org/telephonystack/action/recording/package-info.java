/// What callers said after the tone: fetched, kept for a while, deleted.
@NullMarked
package org.telephonystack.action.recording;

import org.jspecify.annotations.NullMarked;
