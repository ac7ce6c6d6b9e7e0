package org.telephonystack.stream.call.twilio;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.StreamSid;

import java.util.Map;

/// A message from Twilio on a Media Stream.
///
/// An `event` we do not know becomes [Unknown]: Twilio may add events at any time. A known event without what it needs is
/// [Malformed]: that peer does not speak the protocol.
///
/// `streamSid` is empty where the peer left it out; Twilio never does.
///
/// @see <a href="https://www.twilio.com/docs/voice/media-streams/websocket-messages">Media Streams messages</a> (2026-11)
sealed interface TwilioMessage {

    record Connected() implements TwilioMessage {}

    /// @param accountSid empty where it was left out
    /// @param parameters the `<Parameter>`s of the TwiML
    record Start(
            StreamSid streamSid, CallSid callSid, String accountSid, Map<String, String> parameters)
            implements TwilioMessage {

        public Start {
            parameters = Map.copyOf(parameters);
        }

        /// Parameters hold the caller's number and the ticket: only the names are shown.
        @Override
        public String toString() {
            return "Start[" + callSid + ", " + streamSid + ", " + parameters.keySet() + "]";
        }
    }

    /// @param timestampMillis since the stream started; [#NO_TIMESTAMP] where it was left out
    /// Base64 of µ-law at 8 kHz, usually 20 ms, stands in `text` from `from` (inclusive) to `to` (exclusive): usually still
    /// in the message it came in. It is relayed as it is, so nothing but base64 gets in here.
    ///
    /// @param timestampMillis since the stream started; [#NO_TIMESTAMP] where it was left out
    record Media(String streamSid, long timestampMillis, String text, int from, int to)
            implements TwilioMessage {
        static final long NO_TIMESTAMP = -1;

        String payload() {
            return text.substring(from, to);
        }
    }

    record Mark(String streamSid, String name) implements TwilioMessage {}

    /// @param digit one key: `0`–`9`, `*`, `#`, `A`–`D`
    record Dtmf(String streamSid, String digit) implements TwilioMessage {}

    record Stop(String streamSid) implements TwilioMessage {}

    /// @param event cut to a length that is fit for a log line
    record Unknown(String event) implements TwilioMessage {}

    /// @param closeCode the WebSocket code that says what was wrong: 1007 for no JSON, 1008 for a broken rule
    /// @param problem for the log; holds nothing of the message
    record Malformed(int closeCode, String problem) implements TwilioMessage {}
}
