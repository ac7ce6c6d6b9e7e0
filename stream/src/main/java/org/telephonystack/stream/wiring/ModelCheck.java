package org.telephonystack.stream.wiring;

import org.telephonystack.stream.call.openai.ModelQuestion.Answer;
import org.telephonystack.stream.call.openai.ModelShutdowns;
import org.telephonystack.stream.call.openai.RealtimeEndpoint;
import org.telephonystack.stream.call.openai.RealtimeSettings;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Looks at start whether the configured models exist, and for how long. Only ever says so: calls may still work, and a
/// start must not depend on somebody else's API.
final class ModelCheck {

    private final Function<RealtimeEndpoint, CompletionStage<Answer>> question;
    private final ModelShutdowns shutdowns;
    private final ModelNews news;
    private final LocalDate today;

    /// Who is told.
    interface ModelNews {

        /// @param days until then; negative: it is gone
        void withdrawn(String model, LocalDate on, long days);

        void unknown(String endpoint, String model);

        void keyRefused(String endpoint, int status);

        void unchecked(String endpoint, String why);

        /// Nothing that callers say to it is written down.
        void deafToWords(String endpoint);
    }

    ModelCheck(
            Function<RealtimeEndpoint, CompletionStage<Answer>> question,
            ModelShutdowns shutdowns,
            ModelNews news,
            LocalDate today) {
        this.question = question;
        this.shutdowns = shutdowns;
        this.news = news;
        this.today = today;
    }

    /// Returns at once; what is found is told when it is known.
    void check(List<RealtimeSettings> endpoints) {
        endpoints.stream()
                .flatMap(settings -> settings.transcriptionModel().stream())
                .distinct()
                .forEach(model -> tellWithdrawal(model, shutdowns.of(model)));
        endpoints.forEach(settings -> {
            RealtimeEndpoint endpoint = settings.endpoint();
            if (settings.transcriptionModel().isEmpty()) {
                news.deafToWords(endpoint.name());
            }
            if (endpoint.key().header().equals("api-key")) {
                // Azure's deployments have names of their own and are not to be asked for.
                tellWithdrawal(endpoint.model(), shutdowns.of(endpoint.model()));
            } else {
                question.apply(endpoint).thenAccept(answer -> on(answer, endpoint));
            }
        });
    }

    private void on(Answer answer, RealtimeEndpoint endpoint) {
        switch (answer) {
            case Answer.Known(Optional<LocalDate> shutdown) ->
                    tellWithdrawal(
                            endpoint.model(), shutdown.or(() -> shutdowns.of(endpoint.model())));
            case Answer.Unknown() -> news.unknown(endpoint.name(), endpoint.model());
            case Answer.Refused(int status) -> news.keyRefused(endpoint.name(), status);
            case Answer.NoAnswer(String why) -> {
                news.unchecked(endpoint.name(), why);
                tellWithdrawal(endpoint.model(), shutdowns.of(endpoint.model()));
            }
        }
    }

    private void tellWithdrawal(String model, Optional<LocalDate> shutdown) {
        shutdown.ifPresent(on -> news.withdrawn(model, on, on.toEpochDay() - today.toEpochDay()));
    }
}
