package org.telephonystack.action.recording.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import org.jspecify.annotations.Nullable;
import org.telephonystack.action.recording.RecordingArchive.Fetched;
import org.telephonystack.action.sms.CircuitBreaker;
import org.telephonystack.action.sms.twilio.TwilioAccount;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// One recording on its way into a file: never more of it in memory than a few buffers, never more of it on the disk than
/// [#LARGEST_BYTES]. All of it happens on one event loop.
///
/// The sound may be in a store of the account's own: Twilio sends us there, with a permit in the URL. Our credentials do not go
/// along, wherever it is; and what becomes of it there says nothing of Twilio.
final class Download {

    /// Ten minutes of 16 bit at 8 kHz.
    static final int LARGEST_BYTES = 10 * 1024 * 1024;

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 3;

    private final Vertx vertx;
    private final HttpClient client;
    private final TwilioAccount account;
    private final CircuitBreaker breaker;
    private final Path into;

    private @Nullable HttpClientRequest current;
    private boolean late;
    private long received;
    private Future<Void> written = Future.succeededFuture();

    Download(
            Vertx vertx,
            HttpClient client,
            TwilioAccount account,
            CircuitBreaker breaker,
            Path into) {
        this.vertx = vertx;
        this.client = client;
        this.account = account;
        this.breaker = breaker;
        this.into = into;
    }

    /// @param resource of the account
    /// @param limit for all of it
    CompletionStage<Fetched> start(String resource, Duration limit) {
        Promise<Fetched> end = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(_ -> {
                    long timer = vertx.setTimer(limit.toMillis(), _ -> giveUp());
                    atTwilio(account.resourceUrl(resource), account.authorizations())
                            .onComplete(fetched -> {
                                vertx.cancelTimer(timer);
                                hangUp();
                                end.handle(fetched);
                            });
                });
        return end.future().toCompletionStage();
    }

    private void giveUp() {
        late = true;
        hangUp();
    }

    /// Nothing happens where all of the answer has come.
    private void hangUp() {
        if (current != null) {
            current.reset();
        }
    }

    private Future<Fetched> atTwilio(String url, List<String> authorizations) {
        RequestOptions request =
                get(url).putHeader(HttpHeaders.AUTHORIZATION, authorizations.getFirst());
        return ask(request)
                .transform(answer -> {
                    if (answer.failed()) {
                        breaker.failed();
                        return Future.succeededFuture(lost(answer.cause()));
                    }
                    HttpClientResponse response = answer.result();
                    if (response.statusCode() >= 500) {
                        breaker.failed();
                    } else {
                        breaker.answered();
                    }
                    if (response.statusCode() == UNAUTHORIZED && authorizations.size() > 1) {
                        hangUp();
                        return atTwilio(url, authorizations.subList(1, authorizations.size()));
                    }
                    return heard(response, MOST_REDIRECTS);
                });
    }

    private Future<Fetched> elsewhere(String url, int redirectsLeft) {
        return Future.succeededFuture(url)
                // It may be none.
                .compose(any -> ask(get(any)))
                .transform(answer ->
                        answer.failed()
                                ? Future.succeededFuture(lost(answer.cause()))
                                : heard(answer.result(), redirectsLeft));
    }

    private static RequestOptions get(String url) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .putHeader(HttpHeaders.USER_AGENT, "telephony-stack");
    }

    private Future<HttpClientResponse> ask(RequestOptions options) {
        return client.request(options)
                .compose(request -> {
                    current = request;
                    // That we hung up we know; unheard, it would be logged.
                    request.exceptionHandler(_ -> {});
                    if (late) {
                        request.reset();
                    }
                    return request.send();
                })
                .onSuccess(response -> response.exceptionHandler(_ -> {}));
    }

    /// 404: it may not be ready yet.
    private Future<Fetched> heard(HttpClientResponse response, int redirectsLeft) {
        @Nullable String location = response.getHeader(HttpHeaders.LOCATION);
        if (redirectsLeft > 0
                && location != null
                && REDIRECTS.contains(response.statusCode())
                && isAsSafeAsTwilio(location)) {
            hangUp();
            return elsewhere(location, redirectsLeft - 1);
        }
        if (response.statusCode() != OK) {
            return Future.succeededFuture(new Fetched.NotNow("http_" + response.statusCode()));
        }
        return announced(response) > LARGEST_BYTES
                ? Future.succeededFuture(tooLarge())
                : save(response);
    }

    private boolean isAsSafeAsTwilio(String location) {
        return location.startsWith("https://")
                || (location.startsWith("http://") && account.baseUrl().startsWith("http://"));
    }

    private static long announced(HttpClientResponse response) {
        @Nullable String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private Future<Fetched> save(HttpClientResponse response) {
        Promise<Fetched> end = Promise.promise();
        response.pause();
        response.exceptionHandler(failure -> end.tryComplete(lost(failure)));
        response.endHandler(_ ->
                end.tryComplete(received == 0 ? new Fetched.NotNow("empty") : new Fetched.Whole()));
        return vertx.fileSystem()
                .open(into.toString(), new OpenOptions().setCreate(false).setRead(false))
                .compose(file -> {
                    response.handler(bytes -> take(bytes, response, file, end));
                    response.resume();
                    return end.future()
                            .compose(fetched -> written.map(fetched))
                            .eventually(() -> file.close());
                });
    }

    private void take(
            Buffer bytes, HttpClientResponse response, AsyncFile file, Promise<Fetched> end) {
        if (end.future().isComplete()) {
            return;
        }
        received += bytes.length();
        if (received > LARGEST_BYTES) {
            end.tryComplete(tooLarge());
            hangUp();
            return;
        }
        Future<Void> write = file.write(bytes).onFailure(end::tryFail);
        written = written.compose(_ -> write);
        if (file.writeQueueFull()) {
            response.pause();
            file.drainHandler(_ -> response.resume());
        }
    }

    private Fetched lost(Throwable why) {
        return new Fetched.NotNow(late ? "timeout" : why.getClass().getSimpleName());
    }

    private static Fetched tooLarge() {
        return new Fetched.Never("too_large");
    }
}
