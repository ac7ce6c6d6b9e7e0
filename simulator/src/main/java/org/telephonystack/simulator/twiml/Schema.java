package org.telephonystack.simulator.twiml;

import java.util.Map;
import java.util.Set;

/// The attributes Twilio knows, by element; everything else is worth a warning (12200).
final class Schema {

    static final Map<String, Set<String>> ATTRIBUTES =
            Map.ofEntries(
                    Map.entry("Say", Set.of("voice", "language", "loop")),
                    Map.entry("Play", Set.of("loop", "digits")),
                    Map.entry("Pause", Set.of("length")),
                    Map.entry("Redirect", Set.of("method")),
                    Map.entry("Hangup", Set.of()),
                    Map.entry("Reject", Set.of("reason")),
                    Map.entry("Connect", Set.of("action", "method")),
                    Map.entry(
                            "Stream",
                            Set.of(
                                    "url",
                                    "name",
                                    "track",
                                    "statusCallback",
                                    "statusCallbackMethod",
                                    "connectorName")),
                    Map.entry("Parameter", Set.of("name", "value")),
                    Map.entry(
                            "Dial",
                            Set.of(
                                    "timeout",
                                    "timeLimit",
                                    "callerId",
                                    "answerOnBridge",
                                    "hangupOnStar",
                                    "record",
                                    "action",
                                    "method",
                                    "ringTone",
                                    "sequential",
                                    "referUrl")),
                    Map.entry(
                            "Number",
                            Set.of(
                                    "sendDigits",
                                    "url",
                                    "method",
                                    "statusCallback",
                                    "statusCallbackMethod",
                                    "statusCallbackEvent",
                                    "byoc")),
                    Map.entry(
                            "Record",
                            Set.of(
                                    "action",
                                    "method",
                                    "timeout",
                                    "finishOnKey",
                                    "maxLength",
                                    "playBeep",
                                    "trim",
                                    "recordingStatusCallback",
                                    "recordingStatusCallbackMethod",
                                    "recordingStatusCallbackEvent",
                                    "transcribe",
                                    "transcribeCallback")),
                    Map.entry(
                            "Gather",
                            Set.of(
                                    "input",
                                    "timeout",
                                    "finishOnKey",
                                    "numDigits",
                                    "speechTimeout",
                                    "language",
                                    "hints",
                                    "action",
                                    "method",
                                    "actionOnEmptyResult")));

    private Schema() {}
}
