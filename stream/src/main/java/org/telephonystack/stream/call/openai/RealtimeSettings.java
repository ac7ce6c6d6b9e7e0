package org.telephonystack.stream.call.openai;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// How we speak to one Realtime API. Names of models are settings and never constants: they are withdrawn every few months.
///
/// @param voice where the business names none
/// @param threshold how loud speech must be, 0 to 1
/// @param prefixPadding audio kept before the detected beginning of speech
/// @param silence that ends the caller's turn
/// @param maxOutputTokens of one response, tools included; 1024 tokens of audio are 51 s of speech
/// @param transcriptionModel empty: what the caller says is not written down
/// @param noiseReduction `near_field` or `far_field`; empty: off
/// @param reasoningEffort sent to reasoning models only; empty: their default
/// @param readyTimeout from the open socket to a session that has taken its brief; beyond, the connection is lost
/// @param pingEvery a connection that answers no ping until the next is lost
/// @param warmPingEvery the same for one that waits for a call: nobody else would notice that it is dead
public record RealtimeSettings(
        RealtimeEndpoint endpoint,
        String voice,
        double threshold,
        Duration prefixPadding,
        Duration silence,
        int maxOutputTokens,
        Optional<String> transcriptionModel,
        Optional<String> noiseReduction,
        Optional<String> reasoningEffort,
        Duration connectTimeout,
        Duration readyTimeout,
        Duration pingEvery,
        Duration warmPingEvery) {

    /// gpt-realtime-2, -2.1, -2.1-mini, each perhaps with a date; but `gpt-realtime-2025-08-28` is a 1.0.
    private static final Pattern REASONING =
            Pattern.compile("gpt-realtime-[2-9](\\.\\d+)?(-mini)?(-\\d{4}-\\d{2}-\\d{2})?");

    public static RealtimeSettings defaults(URI base, String apiKey) {
        return defaults(
                RealtimeEndpoint.openAi("openai", base, apiKey, "gpt-realtime-2.1"),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5));
    }

    static RealtimeSettings defaults(
            RealtimeEndpoint endpoint,
            Duration connectTimeout,
            Duration readyTimeout,
            Duration pingEvery,
            Duration warmPingEvery) {
        return new RealtimeSettings(
                endpoint,
                "shimmer",
                0.6,
                Duration.ofMillis(300),
                Duration.ofMillis(400),
                1024,
                Optional.of("gpt-transcribe"),
                Optional.empty(),
                Optional.of("low"),
                connectTimeout,
                readyTimeout,
                pingEvery,
                warmPingEvery);
    }

    /// Other models refuse the fields that only these know.
    boolean isReasoningModel() {
        return REASONING.matcher(endpoint.model()).matches();
    }

    @Override
    public String toString() {
        return "RealtimeSettings[" + endpoint.name() + ", " + endpoint.model() + "]";
    }
}
