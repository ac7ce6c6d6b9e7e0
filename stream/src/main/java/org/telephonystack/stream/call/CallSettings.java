package org.telephonystack.stream.call;

import java.time.Duration;

/// Limits of one call.
///
/// @param lookupLimit how long the model's brief waits for the context
/// @param earlyAudio caller audio kept until the greeting is asked for; beyond, the oldest is dropped
/// @param answerWithin from the end of the caller's speech, or our asking, to the beginning of a response
/// @param audioWithin from there to its first audio or tool call
/// @param toolDeadline for one tool call
/// @param toolChain rounds of tool calls without the caller saying anything
/// @param farewellGrace how much longer than its own length a goodbye may take to be heard
/// @param journalLimit how long the end of a call waits for its reason to be committed
/// @param connectLimit from `start` to a model that is ready
/// @param callerSilence after which the caller is asked whether they are still there
/// @param longestCall after which the assistant says that it has to end
public record CallSettings(
        Duration lookupLimit,
        Duration earlyAudio,
        Duration answerWithin,
        Duration audioWithin,
        Duration toolDeadline,
        int toolChain,
        Duration farewellGrace,
        Duration journalLimit,
        Duration connectLimit,
        Duration callerSilence,
        Duration longestCall) {

    public static final CallSettings DEFAULTS =
            new CallSettings(
                    Duration.ofMillis(150),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    5,
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(12),
                    Duration.ofMinutes(30));
}
