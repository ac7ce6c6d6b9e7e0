/// The voice model behind a WebSocket: OpenAI's Realtime API.
@NullMarked
package org.telephonystack.stream.call.openai;

import org.jspecify.annotations.NullMarked;
