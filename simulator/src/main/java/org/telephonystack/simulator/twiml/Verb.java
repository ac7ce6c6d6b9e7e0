package org.telephonystack.simulator.twiml;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One instruction of a TwiML document. URLs are as written: whoever obeys resolves them.
public sealed interface Verb {

    /// Where a verb goes on when it has ended.
    record Action(String url, String method) {}

    record Say(String text, int loop) implements Verb {}

    record Play(String url) implements Verb {}

    record Pause(Duration length) implements Verb {}

    record Redirect(String url, String method) implements Verb {}

    record Hangup() implements Verb {}

    /// @param reason `rejected` or `busy`
    record Reject(String reason) implements Verb {}

    /// @param parameters names in the order written; those of 500 characters and more are already gone
    /// @param name empty: Twilio takes the StreamSid
    record ConnectStream(
            String url,
            Optional<String> name,
            Optional<Action> statusCallback,
            Map<String, String> parameters,
            Optional<Action> action)
            implements Verb {}

    /// @param numbers called at the same time
    record Dial(
            List<DialNumber> numbers,
            Optional<String> callerId,
            Duration timeout,
            Optional<Action> action)
            implements Verb {}

    /// @param statusCallbackEvents of `initiated ringing answered completed`
    record DialNumber(
            String number, Optional<Action> statusCallback, List<String> statusCallbackEvents) {}

    /// @param action empty: the current document again
    record RecordMessage(
            Optional<Action> action, Duration maxLength, Optional<Action> recordingStatusCallback)
            implements Verb {}

    /// @param prompts what is said while keys are awaited
    record Gather(
            List<Verb> prompts,
            int numDigits,
            String finishOnKey,
            Duration timeout,
            boolean actionOnEmptyResult,
            Optional<Action> action)
            implements Verb {}
}
