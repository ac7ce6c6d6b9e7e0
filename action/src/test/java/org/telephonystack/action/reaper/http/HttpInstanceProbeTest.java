package org.telephonystack.action.reaper.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpServer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.reaper.InstanceProbe.Answer;
import org.telephonystack.action.reaper.SilentInstance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

class HttpInstanceProbeTest {

    private static final UUID ID = UUID.randomUUID();
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void aProcessThatNamesItselfLives() throws Exception {
        assertThat(ask(serving(200, "{\"instance\":\"" + ID + "\"}"), PATIENT))
                .isEqualTo(Answer.LIVES);
    }

    @Test
    void aProcessThatNamesItselfLivesHoweverIllItIs() throws Exception {
        assertThat(ask(serving(503, "{\"instance\":\"" + ID + "\"}"), PATIENT))
                .isEqualTo(Answer.LIVES);
    }

    @Test
    void anotherProcessAtItsAddressMeansThatItIsGone() throws Exception {
        assertThat(ask(serving(200, "{\"instance\":\"" + UUID.randomUUID() + "\"}"), PATIENT))
                .isEqualTo(Answer.GONE);
    }

    @Test
    void anErrorWithoutANameSaysNothing() throws Exception {
        assertThat(ask(serving(500, ""), PATIENT)).isEqualTo(Answer.UNANSWERED);
    }

    @Test
    void aPortThatNobodyListensOnMeansThatItIsGone() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(ask(port, PATIENT)).isEqualTo(Answer.GONE);
    }

    @Test
    void aProcessThatTakesTheConnectionAndSaysNothingMayLive() throws Exception {
        try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ask(mute.getLocalPort(), Duration.ofMillis(200)))
                    .isEqualTo(Answer.UNANSWERED);
        }
    }

    @Test
    void anAddressThatWentWithItsPodMeansThatItIsGone() {
        assertThat(HttpInstanceProbe.answer(new NoRouteToHostException("No route to host")))
                .isEqualTo(Answer.GONE);
        assertThat(HttpInstanceProbe.answer(new ConnectTimeoutException("timed out")))
                .as("a peer that drops packets may be cut off from us alone")
                .isEqualTo(Answer.UNANSWERED);
    }

    private Answer ask(int port, Duration limit) throws Exception {
        var instance =
                new SilentInstance(ID, "http://127.0.0.1:" + port, Duration.ofSeconds(3), false);
        return new HttpInstanceProbe(WebClient.create(vertx), limit)
                .ask(instance)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private int serving(int status, String body) throws IOException {
        HttpServer server =
                vertx.getDelegate()
                        .createHttpServer()
                        .requestHandler(request -> {
                            var _ = request.response().setStatusCode(status).end(body);
                        });
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }
}
