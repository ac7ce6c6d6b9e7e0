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
/// @param handOverWithin how long a call may wait for a quiet moment when the process leaves
/// @param cutsOffClaims a sentence that claims what nothing backs is cut off in the middle, not only put right afterwards
/// @param reconnect what is done when the model's connection is lost
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
        Duration longestCall,
        Duration handOverWithin,
        boolean cutsOffClaims,
        Reconnect reconnect) {

    /// @param attempts connections tried before the call is given back
    /// @param within all of them together
    /// @param keptAudio of the caller, until the next connection hears them: older words would be answered out of place
    /// @param clipAfter silence that we owe the caller, after which a recorded sentence fills it
    /// @param rotateBefore the end of a connection's life: another one takes its place at the next quiet moment
    public record Reconnect(
            int attempts,
            Duration within,
            Duration keptAudio,
            Duration clipAfter,
            Duration rotateBefore) {}

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
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(20),
                    false,
                    new Reconnect(
                            3,
                            Duration.ofSeconds(8),
                            Duration.ofSeconds(2),
                            Duration.ofMillis(1_500),
                            Duration.ofMinutes(5)));
}
