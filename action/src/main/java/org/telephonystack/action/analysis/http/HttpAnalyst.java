package org.telephonystack.action.analysis.http;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.analysis.Analyst;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Asks the Responses API, of OpenAI or of Azure. One request each, never repeated here: the job is durable.
public final class HttpAnalyst implements Analyst {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private final WebClient client;
    private final Settings settings;

    /// @param baseUrl as `OPENAI_BASE_URL` may be written, which stream reads too: `https://host`, `https://host/v1/` and
    ///     `wss://host/v1/realtime` mean the same
    /// @param timeout for the whole answer: a model that thinks takes a while
    public record Settings(
            String baseUrl, String apiKey, String model, int maxOutputTokens, Duration timeout) {

        public Settings {
            baseUrl = apiOf(baseUrl);
        }

        private static String apiOf(String written) {
            String http =
                    written.replaceFirst("^ws", "http")
                            .replaceAll("/+$", "")
                            .replaceFirst("/realtime$", "");
            String path = String.valueOf(URI.create(http).getRawPath());
            return path.isEmpty() ? http + "/v1" : http;
        }

        @Override
        public String toString() {
            return "Settings " + baseUrl + " " + model;
        }
    }

    public HttpAnalyst(WebClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public CompletionStage<Result> read(List<Line> transcript) {
        return authorised(client.postAbs(settings.baseUrl() + "/responses"))
                .timeout(settings.timeout().toMillis())
                .sendJsonObject(
                        ResponsesApi.request(
                                settings.model(), settings.maxOutputTokens(), transcript))
                .map(HttpAnalyst::result)
                .onFailure()
                .recoverWithItem(failure ->
                        new Result.TryLater(failure.getClass().getSimpleName(), Optional.empty()))
                .subscribeAsCompletionStage();
    }

    private HttpRequest<Buffer> authorised(HttpRequest<Buffer> request) {
        String host = String.valueOf(URI.create(settings.baseUrl()).getHost());
        return host.endsWith(".openai.azure.com")
                ? request.putHeader("api-key", settings.apiKey())
                : request.bearerTokenAuthentication(settings.apiKey());
    }

    private static Result result(HttpResponse<Buffer> response) {
        JsonObject body = json(response);
        return response.statusCode() == 200
                ? ResponsesAnswer.read(body)
                : ResponsesAnswer.refused(
                        response.statusCode(),
                        body,
                        Optional.ofNullable(response.getHeader("x-should-retry")),
                        retryAfter(response));
    }

    private static Optional<Duration> retryAfter(HttpResponse<Buffer> response) {
        return number(response, "retry-after-ms")
                .map(Duration::ofMillis)
                .or(() -> number(response, "retry-after").map(Duration::ofSeconds))
                .map(wait -> wait.compareTo(LONGEST_RETRY_AFTER) < 0 ? wait : LONGEST_RETRY_AFTER);
    }

    private static Optional<Long> number(HttpResponse<Buffer> response, String header) {
        String text = response.getHeader(header);
        return text != null && text.matches("[0-9]{1,9}")
                ? Optional.of(Long.parseLong(text))
                : Optional.empty();
    }

    private static JsonObject json(HttpResponse<Buffer> response) {
        try {
            JsonObject body = response.bodyAsJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException | ClassCastException e) {
            return new JsonObject();
        }
    }
}
