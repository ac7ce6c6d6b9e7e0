package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.stream.call.openai.ModelQuestion.Answer;
import org.telephonystack.stream.call.openai.ModelShutdowns;
import org.telephonystack.stream.call.openai.RealtimeEndpoint;
import org.telephonystack.stream.call.openai.RealtimeSettings;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

class ModelCheckTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final URI BASE = URI.create("http://localhost");

    private final List<String> told = new ArrayList<>();

    @Test
    void nothingIsToldOfAModelThatIsThere() {
        check(openAi("gpt-realtime-2.1"), new Answer.Known(Optional.empty()));

        assertThat(told).isEmpty();
    }

    @Test
    void theEndThatWasAnnouncedIsTold() {
        check(openAi("gpt-realtime"), new Answer.Known(Optional.empty()));

        assertThat(told).containsExactly("gpt-realtime ends 2027-01-20 in 59");
    }

    @Test
    void theDateOfTheApiItselfCountsMore() {
        check(openAi("gpt-realtime"), new Answer.Known(Optional.of(LocalDate.of(2026, 11, 1))));

        assertThat(told).containsExactly("gpt-realtime ends 2026-11-01 in -21");
    }

    @Test
    void anUnknownModelAndABadKeyAreTold() {
        check(openAi("gpt-realtme"), new Answer.Unknown());
        check(openAi("gpt-realtime-2.1"), new Answer.Refused(401));

        assertThat(told).containsExactly("openai unknown gpt-realtme", "openai refused 401");
    }

    @Test
    void withoutAnAnswerTheShippedDateIsTold() {
        check(openAi("gpt-realtime-mini"), new Answer.NoAnswer("ConnectException"));

        assertThat(told)
                .containsExactly(
                        "openai unchecked ConnectException",
                        "gpt-realtime-mini ends 2027-01-20 in 59");
    }

    /// Deployments have names of their own.
    @Test
    void azureIsNotAsked() {
        check(RealtimeEndpoint.azure("azure", BASE, "k", "mine"), new Answer.Unknown());

        assertThat(told).isEmpty();
    }

    @Test
    void theModelThatWritesDownTheCallersWordsMayEndToo() {
        var settings = settings(openAi("gpt-realtime-2.1"), "whisper-1");

        check(settings, new Answer.Known(Optional.empty()));

        assertThat(told).containsExactly("whisper-1 ends 2027-02-26 in 96");
    }

    /// Emergencies are heard by the words that are written down.
    @Test
    void thatNothingIsWrittenDownIsTold() {
        var none = settings(openAi("gpt-realtime-2.1"), Optional.empty());

        check(none, new Answer.Known(Optional.empty()));

        assertThat(told).containsExactly("openai not transcribed");
    }

    private void check(RealtimeEndpoint endpoint, Answer answer) {
        check(settings(endpoint, "gpt-transcribe"), answer);
    }

    private void check(RealtimeSettings settings, Answer answer) {
        new ModelCheck(
                        _ -> CompletableFuture.completedStage(answer),
                        new ModelShutdowns(),
                        new News(),
                        TODAY)
                .check(List.of(settings));
    }

    private static RealtimeEndpoint openAi(String model) {
        return RealtimeEndpoint.openAi("openai", BASE, "sk-test", model);
    }

    private static RealtimeSettings settings(RealtimeEndpoint endpoint, String transcription) {
        return settings(endpoint, Optional.of(transcription));
    }

    private static RealtimeSettings settings(
            RealtimeEndpoint endpoint, Optional<String> transcription) {
        return new RealtimeSettings(
                endpoint,
                "shimmer",
                0.6,
                Duration.ofMillis(300),
                Duration.ofMillis(400),
                1024,
                transcription,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5));
    }

    private final class News implements ModelCheck.ModelNews {

        @Override
        public void withdrawn(String model, LocalDate on, long days) {
            told.add(model + " ends " + on + " in " + days);
        }

        @Override
        public void unknown(String endpoint, String model) {
            told.add(endpoint + " unknown " + model);
        }

        @Override
        public void keyRefused(String endpoint, int status) {
            told.add(endpoint + " refused " + status);
        }

        @Override
        public void unchecked(String endpoint, String why) {
            told.add(endpoint + " unchecked " + why);
        }

        @Override
        public void deafToWords(String endpoint) {
            told.add(endpoint + " not transcribed");
        }
    }
}
