package org.telephonystack.stream.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import org.telephonystack.stream.call.openai.RealtimeEndpoint;
import org.telephonystack.stream.call.openai.RealtimeSettings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The voice model; [RealtimeSettings] says what each setting is for.
@ConfigMapping(prefix = "telephony.model")
interface ModelConfig {

    /// `OPENAI_BASE_URL`.
    URI baseUrl();

    /// `OPENAI_API_KEY`.
    String apiKey();

    /// `OPENAI_API_KEY_SECOND`: of another project or organisation, tried when the first fails.
    Optional<String> secondKey();

    /// `AZURE_OPENAI_ENDPOINT`, tried last.
    Optional<URI> azureEndpoint();

    /// `AZURE_OPENAI_API_KEY`.
    Optional<String> azureKey();

    /// `AZURE_OPENAI_DEPLOYMENT`: Azure's models have the names their owners gave them.
    Optional<String> azureDeployment();

    /// Which model of that resource writes down what the caller says; the same as at OpenAI where it is not set.
    Optional<String> azureTranscription();

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

    /// From the open socket to a session that has taken its brief.
    @WithDefault("2s")
    Duration readyTimeout();

    /// A connection that answers no ping until the next is lost. A caller who speaks into one that died without a word hears
    /// nothing for up to twice as long.
    @WithDefault("3s")
    Duration pingEvery();

    /// Of a connection that waits for a call.
    @WithDefault("5s")
    Duration warmPingEvery();

    /// The last connections to an endpoint that its circuit breaker looks at.
    @WithDefault("4")
    int breakerAttempts();

    @WithDefault("10s")
    Duration breakerDelay();

    /// How long an endpoint is left alone that has a bad key or no quota.
    @WithDefault("5m")
    Duration latch();

    /// For each event loop; 0: none.
    @WithDefault("1")
    int warmSessions();

    /// Why 10m: a call on the oldest may last 20 minutes more even at Azure, before it has to change connections.
    @WithDefault("10m")
    Duration warmAge();

    /// In the order in which they are tried.
    default List<RealtimeSettings> endpoints() {
        List<RealtimeSettings> endpoints = new ArrayList<>();
        endpoints.add(
                settings(
                        RealtimeEndpoint.openAi("openai", baseUrl(), apiKey(), name()),
                        transcription()));
        secondKey()
                .filter(key -> !key.isBlank())
                .ifPresent(key ->
                        endpoints.add(
                                settings(
                                        RealtimeEndpoint.openAi(
                                                "openai_second", baseUrl(), key, name()),
                                        transcription())));
        if (azureEndpoint().isPresent()
                && azureKey().isPresent()
                && azureDeployment().isPresent()) {
            endpoints.add(
                    settings(
                            RealtimeEndpoint.azure(
                                    "azure",
                                    azureEndpoint().get(),
                                    azureKey().get(),
                                    azureDeployment().get()),
                            azureTranscription().orElse(transcription())));
        }
        return endpoints;
    }

    private RealtimeSettings settings(RealtimeEndpoint endpoint, String transcription) {
        return new RealtimeSettings(
                endpoint,
                voice(),
                threshold(),
                prefixPadding(),
                silence(),
                maxOutputTokens(),
                Optional.of(transcription).filter(model -> !model.equals("none")),
                noiseReduction(),
                Optional.of(reasoningEffort()).filter(effort -> !effort.equals("none")),
                connectTimeout(),
                readyTimeout(),
                pingEvery(),
                warmPingEvery());
    }
}
