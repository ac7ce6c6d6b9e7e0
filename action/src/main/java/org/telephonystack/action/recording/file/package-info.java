/// Recordings in a folder.
@NullMarked
package org.telephonystack.action.recording.file;

import org.jspecify.annotations.NullMarked;
