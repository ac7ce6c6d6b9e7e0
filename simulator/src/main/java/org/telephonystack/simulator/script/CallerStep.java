package org.telephonystack.simulator.script;

import java.time.Duration;

/// One thing the caller does. A clip is a recorded sentence, by its name in `sound/caller`.
public sealed interface CallerStep {

    /// Waits until the assistant has spoken and then been quiet for a moment.
    record WaitForAssistant() implements CallerStep {}

    record Say(String clip) implements CallerStep {}

    /// Says nothing for this long, and does not listen either.
    record Pause(Duration length) implements CallerStep {}

    /// Waits until the assistant speaks, lets it speak for this long, then talks over it.
    record SayOver(String clip, Duration after) implements CallerStep {}

    /// Keys on the telephone.
    record Press(String digits) implements CallerStep {}

    record HangUp() implements CallerStep {}

    /// Hangs up this long after the assistant began its next sentence.
    record HangUpMidSentence(Duration after) implements CallerStep {}

    /// Waits until the other side ends the call.
    record WaitForEnd() implements CallerStep {}
}
