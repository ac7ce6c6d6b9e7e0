package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: what is known of calls. Every method that concludes does so in the transaction that stored the news, with the call's
/// row locked, so that the order of news and the number of processes do not matter.
public interface CallLedger {

    /// Stores the event (once) and concludes. Empty where the event is about no call of ours.
    CompletionStage<Optional<Conclusion>> note(CallEvent event);

    /// Concludes one call whose time has come; empty where none has.
    CompletionStage<Optional<Conclusion>> reviewNextDue();

    /// A call that is not over as far as we know, and of which nobody spoke for so long; it does not come again before as long
    /// again.
    ///
    /// @param whileCarried how long where a process that lives has it on its books
    CompletionStage<Optional<CallSid>> nextForgotten(Duration after, Duration whileCarried);

    /// A call that is over, may have come to a message, and of whose recording nobody spoke: its callback may be lost. It does not
    /// come again for a while, nor ever once [#recordingsKnown] was said.
    CompletionStage<Optional<CallSid>> nextWithoutRecording();

    CompletionStage<Void> recordingsKnown(CallSid callSid);

    /// Completes as soon as the stream's end is journaled, at the latest after `patience`.
    CompletionStage<Void> awaitEndOfStream(CallSid callSid, Duration patience);
}
