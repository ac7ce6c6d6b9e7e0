package org.telephonystack.frontdoor.twiml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The verbs we use, with the attributes we use.
///
/// @see <a href="https://www.twilio.com/docs/voice/twiml">TwiML for Programmable Voice</a> (2026-11)
public sealed interface Twiml {

    /// A document: what Twilio does, in this order.
    record Document(List<Twiml> verbs) {
        public Document {
            verbs = List.copyOf(verbs);
        }
    }

    /// Ends when the stream ends; Twilio then asks `action` and never reaches the next verb, unless `action` cannot be
    /// had.
    record Connect(String action, Stream stream) implements Twiml {}

    /// @param url `wss://…` without a query: Twilio supports none there
    /// @param parameters arrive in the stream's `start` message; each below 500 characters with its name
    record Stream(String url, String statusCallback, Map<String, String> parameters) {}

    record Pause(int seconds) implements Twiml {}

    /// @param voice empty for Twilio's usual voice of that language
    record Say(String text, String language, Optional<String> voice) implements Twiml {}

    /// Rings a person; `action` is asked afterwards, whether anybody answered or not.
    ///
    /// @param callerId a number of ours, where the caller's own cannot be shown; empty to show the caller's
    /// @param legStatusCallback learns how far the person's leg came, under a CallSid of its own
    record Dial(
            String number,
            int timeoutSeconds,
            Optional<String> callerId,
            String action,
            String legStatusCallback)
            implements Twiml {}

    /// Records a message; `recordingStatusCallback` learns of the finished recording.
    @SuppressWarnings("AvoidCommonTypeNames") // Twilio's word for the verb
    record Record(int maxSeconds, String action, String recordingStatusCallback) implements Twiml {}

    /// As the first verb: the call is not answered and costs nothing.
    record Reject() implements Twiml {}

    /// Goes on with the document at this URL.
    record Redirect(String url) implements Twiml {}

    record Hangup() implements Twiml {}
}
