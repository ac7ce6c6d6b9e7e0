/// A voice model that behaves as OpenAI's Realtime API does, driven by a script.
@NullMarked
package org.telephonystack.simulator.model;

import org.jspecify.annotations.NullMarked;
