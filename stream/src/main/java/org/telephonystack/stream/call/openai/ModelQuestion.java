package org.telephonystack.stream.call.openai;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.json.DecodeException;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Asks an endpoint whether it knows its model: `GET /v1/models/{id}`.
///
/// @see <a href="https://platform.openai.com/docs/api-reference/models/retrieve">Retrieve model</a> (2026-11)
public final class ModelQuestion {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final HttpClient client;

    public ModelQuestion(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient();
    }

    /// What an endpoint says of its model.
    public sealed interface Answer {

        /// @param shutdown when it is withdrawn, if that is known
        record Known(Optional<LocalDate> shutdown) implements Answer {}

        record Unknown() implements Answer {}

        /// The key is bad, or may not.
        record Refused(int status) implements Answer {}

        /// Says nothing of the model.
        record NoAnswer(String why) implements Answer {}
    }

    /// Never fails.
    public CompletionStage<Answer> ask(RealtimeEndpoint endpoint) {
        Promise<Answer> told = Promise.promise();
        // On an event loop: from another thread the body may pass before anybody listens for it.
        vertx.getOrCreateContext()
                .runOnContext(_ ->
                        client.request(endpoint.modelQuestion(LIMIT))
                                .compose(HttpClientRequest::send)
                                .compose(response ->
                                        response.body()
                                                .map(body -> answer(response.statusCode(), body)))
                                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                                .otherwise(failure ->
                                        new Answer.NoAnswer(failure.getClass().getSimpleName()))
                                .onComplete(told));
        return told.future().toCompletionStage();
    }

    private static Answer answer(int status, Buffer body) {
        return switch (status) {
            case 200 -> new Answer.Known(shutdown(body));
            case 404 -> new Answer.Unknown();
            case 401, 403 -> new Answer.Refused(status);
            default -> new Answer.NoAnswer("http_" + status);
        };
    }

    private static Optional<LocalDate> shutdown(Buffer body) {
        try {
            Object date = body.toJsonObject().getValue("shutdown_date");
            return date instanceof String text
                    ? Optional.of(LocalDate.parse(text))
                    : Optional.empty();
        } catch (DecodeException | DateTimeException | ClassCastException _) {
            return Optional.empty();
        }
    }

    public void close() {
        client.close();
    }
}
