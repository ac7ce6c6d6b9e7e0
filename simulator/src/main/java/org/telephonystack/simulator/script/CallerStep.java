package org.telephonystack.simulator.script;

import java.time.Duration;

/// One thing the caller does. A clip is a recorded sentence, by its name in `sound/caller`.
public sealed interface CallerStep {

    /// Until the assistant has said something and is done with it.
    record WaitForAssistant() implements CallerStep {}

    record Say(String clip) implements CallerStep {}

    /// Talks over the assistant once it has spoken for this long.
    record SayOver(String clip, Duration after) implements CallerStep {}

    record Pause(Duration length) implements CallerStep {}

    /// Keys on the telephone.
    record Press(String digits) implements CallerStep {}

    record HangUp() implements CallerStep {}

    /// Begins a sentence and is gone before its end.
    record HangUpMidSentence(String clip, Duration after) implements CallerStep {}

    /// Hangs up once the assistant has spoken for this long.
    record HangUpOnAssistant(Duration after) implements CallerStep {}

    /// Until the other side ends the call.
    record WaitForEnd() implements CallerStep {}
}
