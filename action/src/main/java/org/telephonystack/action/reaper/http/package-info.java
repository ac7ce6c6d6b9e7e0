/// Asks a process over HTTP whether it lives.
@NullMarked
package org.telephonystack.action.reaper.http;

import org.jspecify.annotations.NullMarked;
