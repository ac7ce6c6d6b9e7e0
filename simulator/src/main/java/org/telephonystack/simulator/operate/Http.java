package org.telephonystack.simulator.operate;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

import javax.net.ssl.SSLException;

/// One request at a time, in the foreground. Redirects are an answer: nobody we ask follows them.
final class Http implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /// @param status 0 where nobody answered
    /// @param text the body, or why nobody answered
    record Answer(int status, String text, Optional<String> location) {}

    static HttpRequest.Builder to(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT);
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(), answer.body(), answer.headers().firstValue("Location"));
        } catch (IOException e) {
            return new Answer(0, why(e), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted", Optional.empty());
        }
    }

    HttpClient client() {
        return client;
    }

    static String why(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof UnknownHostException
                    || at instanceof java.nio.channels.UnresolvedAddressException) {
                return "the host name is not known";
            }
        }
        return switch (failure) {
            case HttpConnectTimeoutException _ -> "no connection within 5 s";
            case HttpTimeoutException _ -> "no answer within 15 s";
            case ConnectException _ -> "nobody listens there";
            case SSLException e -> "TLS: " + e.getMessage();
            default ->
                    failure.getClass().getSimpleName()
                            + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
