package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.phone.CallEvent.Kind;
import org.telephonystack.simulator.twiml.Verb;
import org.telephonystack.simulator.webhook.CallbackFaults;

import java.time.Duration;
import java.util.Map;

/// One `<Record>`: the caller speaks for as long as the plan says.
final class RecordVerb {

    private final LiveCall call;
    private final TwimlRunner runner;
    private final Verb.RecordMessage verb;
    private final String sid = Sids.random("RE");

    RecordVerb(LiveCall call, TwimlRunner runner, Verb.RecordMessage verb) {
        this.call = call;
        this.runner = runner;
        this.verb = verb;
    }

    void begin() {
        Duration planned = call.plan().voicemail();
        Duration length = planned.compareTo(verb.maxLength()) < 0 ? planned : verb.maxLength();
        runner.begin(Kind.RECORD, length.toSeconds() + " s");
        runner.after(length, () -> ended(String.valueOf(length.toSeconds())));
    }

    private void ended(String seconds) {
        verb.recordingStatusCallback()
                .ifPresent(to ->
                        call.callback(
                                CallbackFaults.Kind.RECORDING,
                                runner.resolve(to.url()),
                                recording(seconds)));
        // Without an action Twilio asks for the same document again.
        Verb.Action action = verb.action().orElse(new Verb.Action(runner.documentUrl(), "POST"));
        runner.goOn(
                action,
                Map.of(
                        "RecordingSid",
                        sid,
                        "RecordingUrl",
                        url(),
                        "RecordingDuration",
                        seconds,
                        "Digits",
                        ""));
    }

    private Map<String, String> recording(String seconds) {
        return Map.of(
                "AccountSid",
                call.settings().accountSid(),
                "CallSid",
                call.callSid(),
                "RecordingSid",
                sid,
                "RecordingUrl",
                url(),
                "RecordingStatus",
                "completed",
                "RecordingDuration",
                seconds,
                "RecordingChannels",
                "1",
                "RecordingSource",
                "RecordVerb",
                "RecordingTrack",
                "inbound");
    }

    private String url() {
        return "https://api.twilio.com/2010-04-01/Accounts/"
                + call.settings().accountSid()
                + "/Recordings/"
                + sid;
    }
}
