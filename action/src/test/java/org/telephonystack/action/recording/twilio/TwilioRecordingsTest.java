package org.telephonystack.action.recording.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.telephonystack.action.recording.RecordingArchive.Fetched;
import org.telephonystack.action.recording.RecordingSid;
import org.telephonystack.action.sms.CircuitBreaker;
import org.telephonystack.action.sms.twilio.TwilioAccount;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A Twilio, and a store of somebody's own, that send whatever they like.
class TwilioRecordingsTest {

    private static final RecordingSid SID = new RecordingSid("RE" + "8".repeat(32));
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Vertx vertx;

    @TempDir Path folder;

    private final CircuitBreaker breaker =
            new CircuitBreaker(1, Duration.ofHours(1), InstantSource.system(), _ -> {});
    private final Promise<Void> hungUp = Promise.promise();
    private final AtomicLong sent = new AtomicLong();
    private Path file;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        join(vertx.close());
    }

    @BeforeEach
    void anEmptyFile() throws IOException {
        file = Files.createFile(folder.resolve("part"));
    }

    @Test
    void aRecordingIsWrittenAsItCame() throws IOException {
        byte[] sound = new byte[3_000_000];
        new Random(7).nextBytes(sound);

        Fetched fetched = fetchFrom(request -> request.response().end(Buffer.buffer(sound)));

        assertThat(fetched).isEqualTo(new Fetched.Whole());
        assertThat(Files.readAllBytes(file)).isEqualTo(sound);
    }

    @Test
    void whoSendsWithoutEndIsHungUpOnAtTheLimit() throws IOException {
        Fetched fetched =
                fetchFrom(request -> {
                    request.response().setChunked(true);
                    goOn(request.response());
                });

        assertThat(fetched).isEqualTo(new Fetched.Never("too_large"));
        join(hungUp.future());
        assertThat(sent.get()).isLessThan(3L * TEN_MEGABYTES);
        assertThat(Files.size(file)).isLessThanOrEqualTo(TEN_MEGABYTES);
    }

    @Test
    void aSizeThatIsTooLargeIsEnoughToHangUp() throws IOException {
        Fetched fetched =
                fetchFrom(request -> {
                    request.response().putHeader("Content-Length", "" + (TEN_MEGABYTES + 1));
                    request.response().write(Buffer.buffer("RIFF"));
                });

        assertThat(fetched).isEqualTo(new Fetched.Never("too_large"));
        join(hungUp.future());
        assertThat(Files.size(file)).isZero();
    }

    @Test
    void whatDripsIsGivenUpInTime() {
        Fetched fetched =
                fetchFrom(
                        request -> {
                            request.response().setChunked(true);
                            request.response().write(Buffer.buffer("RIFF"));
                        },
                        Duration.ofMillis(300));

        assertThat(fetched).isEqualTo(new Fetched.NotNow("timeout"));
        join(hungUp.future());
    }

    @Test
    void whatBreaksOffIsNotWhole() {
        Fetched fetched =
                fetchFrom(request -> {
                    request.response().putHeader("Content-Length", "1000");
                    request.response()
                            .write(Buffer.buffer("RIFF"))
                            .onComplete(_ -> request.connection().close());
                });

        assertThat(fetched).isInstanceOf(Fetched.NotNow.class);
    }

    @Test
    void aStoreOfSomebodysOwnThatIsDownIsNoFaultOfTwilios() throws IOException {
        int nobody = portOfNobody();

        assertThat(fetchFrom(request -> redirect(request, "http://127.0.0.1:" + nobody + "/sound")))
                .isInstanceOf(Fetched.NotNow.class);

        assertThat(breaker.pauseLeft()).isEmpty();
    }

    @Test
    void aStoreOfSomebodysOwnWithAnErrorIsNoFaultOfTwilios() {
        HttpServer store = serve(request -> request.response().setStatusCode(503).end());

        assertThat(
                        fetchFrom(request ->
                                redirect(request, "http://127.0.0.1:" + store.actualPort() + "/")))
                .isEqualTo(new Fetched.NotNow("http_503"));

        assertThat(breaker.pauseLeft()).isEmpty();
    }

    @Test
    void whatIsNoAddressIsNotFollowed() {
        assertThat(fetchFrom(request -> redirect(request, "http://[no address")))
                .isInstanceOf(Fetched.NotNow.class);
    }

    @Test
    void aTwilioThatIsDownOpensTheCircuit() throws IOException {
        assertThat(fetch("http://127.0.0.1:" + portOfNobody(), PATIENCE, file))
                .isInstanceOf(Fetched.NotNow.class);

        assertThat(breaker.pauseLeft()).isPresent();
        assertThat(fetch("http://127.0.0.1:" + portOfNobody(), PATIENCE, file))
                .isEqualTo(new Fetched.NotNow(CircuitBreaker.AWAY));
    }

    @Test
    void aTwilioWithAnErrorOpensTheCircuitAndOneThatHasNothingYetDoesNot() {
        assertThat(fetchFrom(request -> request.response().setStatusCode(404).end()))
                .isEqualTo(new Fetched.NotNow("http_404"));
        assertThat(breaker.pauseLeft()).isEmpty();

        assertThat(fetchFrom(request -> request.response().setStatusCode(503).end()))
                .isEqualTo(new Fetched.NotNow("http_503"));
        assertThat(breaker.pauseLeft()).isPresent();
    }

    @Test
    void theOtherTokenIsTriedWhereTheFirstOpensNothing() {
        var second = "Basic QUM6c2Vjb25k";

        assertThat(
                        fetchFrom(request -> {
                            boolean opens = second.equals(request.getHeader("Authorization"));
                            request.response().setStatusCode(opens ? 200 : 401).end("RIFF");
                        }))
                .isEqualTo(new Fetched.Whole());
    }

    @Test
    void credentialsStayWithTwilioAndNobodyIsFollowedForEver() {
        var strangers = new AtomicLong();
        HttpServer store =
                serve(request -> {
                    assertThat(request.getHeader("Authorization")).isNull();
                    strangers.incrementAndGet();
                    redirect(request, request.absoluteURI());
                });

        assertThat(
                        fetchFrom(request ->
                                redirect(request, "http://127.0.0.1:" + store.actualPort() + "/")))
                .isEqualTo(new Fetched.NotNow("http_307"));
        assertThat(strangers).hasValue(3);
    }

    @Test
    void aFileThatCannotBeWrittenIsAFailureAndNoFaultOfTwilios() {
        HttpServer twilio = serve(request -> request.response().end("RIFF"));

        assertThatThrownBy(() -> fetch(url(twilio), PATIENCE, folder.resolve("not there")))
                .isInstanceOf(CompletionException.class);

        assertThat(breaker.pauseLeft()).isEmpty();
    }

    /// As fast as they are taken.
    private void goOn(HttpServerResponse response) {
        while (!response.writeQueueFull()) {
            if (response.closed()) {
                return;
            }
            var _ = response.write(Buffer.buffer(new byte[64 * 1024]));
            sent.addAndGet(64 * 1024);
        }
        response.drainHandler(_ -> goOn(response));
    }

    private static void redirect(HttpServerRequest request, String url) {
        request.response().setStatusCode(307).putHeader("Location", url).end();
    }

    private Fetched fetchFrom(Handler<HttpServerRequest> twilio) {
        return fetchFrom(twilio, PATIENCE);
    }

    private Fetched fetchFrom(Handler<HttpServerRequest> twilio, Duration limit) {
        return fetch(url(serve(twilio)), limit, file);
    }

    private Fetched fetch(String url, Duration limit, Path into) {
        return new TwilioRecordings(
                        vertx,
                        vertx.createHttpClient(),
                        WebClient.create(new io.vertx.mutiny.core.Vertx(vertx)),
                        account(url),
                        breaker,
                        limit)
                .fetch(SID, into)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private HttpServer serve(Handler<HttpServerRequest> answer) {
        return join(
                vertx.createHttpServer()
                        .connectionHandler(
                                connection -> connection.closeHandler(_ -> hungUp.tryComplete()))
                        .requestHandler(answer)
                        .listen(0, "127.0.0.1"));
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private static TwilioAccount account(String url) {
        return new TwilioAccount(
                url,
                "AC00000000000000000000000000000001",
                "AC",
                "first",
                Optional.of("second"),
                Optional.empty(),
                Optional.empty(),
                "",
                Duration.ofMinutes(10),
                Duration.ofSeconds(10));
    }

    private static int portOfNobody() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static <T> T join(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
