package org.telephonystack.stream.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import org.telephonystack.stream.call.openai.RealtimeSettings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// The voice model; [RealtimeSettings] says what each setting is for.
@ConfigMapping(prefix = "telephony.model")
interface ModelConfig {

    /// `OPENAI_BASE_URL`.
    URI baseUrl();

    /// `OPENAI_API_KEY`.
    String apiKey();

    /// Models are withdrawn every few months: a setting, never a constant.
    @WithDefault("gpt-realtime-2.1")
    String name();

    /// Where the business names none.
    @WithDefault("shimmer")
    String voice();

    @WithDefault("0.6")
    double threshold();

    @WithDefault("300ms")
    Duration prefixPadding();

    @WithDefault("400ms")
    Duration silence();

    /// Of one response. Why 1024: 51 s of speech; the brief asks for short answers, a cap cuts sentences.
    @WithDefault("1024")
    int maxOutputTokens();

    /// `none`: what the caller says is not written down.
    @WithDefault("gpt-transcribe")
    String transcription();

    /// `near_field` or `far_field`.
    Optional<String> noiseReduction();

    /// Sent to reasoning models only.
    @WithDefault("low")
    String reasoningEffort();

    @WithDefault("3s")
    Duration connectTimeout();

    /// A connection that answers no ping until the next is lost.
    @WithDefault("20s")
    Duration pingEvery();

    default RealtimeSettings settings() {
        return new RealtimeSettings(
                baseUrl(),
                apiKey(),
                name(),
                voice(),
                threshold(),
                prefixPadding(),
                silence(),
                maxOutputTokens(),
                Optional.of(transcription()).filter(model -> !model.equals("none")),
                noiseReduction(),
                Optional.of(reasoningEffort()).filter(effort -> !effort.equals("none")),
                connectTimeout(),
                pingEvery());
    }
}
