package org.telephonystack.stream.call.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.stream.call.openai.ModelQuestion.Answer;

import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

class ModelQuestionTest {

    private final Vertx vertx = Vertx.vertx();
    private final ModelQuestion question = new ModelQuestion(vertx);
    private volatile int status = 200;
    private volatile String body = "{}";
    private volatile String asked = "";
    private HttpServer server;

    @BeforeEach
    void anApi() {
        server =
                vertx.createHttpServer()
                        .requestHandler(request -> {
                            asked =
                                    request.method()
                                            + " "
                                            + request.uri()
                                            + " "
                                            + request.getHeader("Authorization");
                            request.response().setStatusCode(status).end(body);
                        });
        server.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void closeEverything() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theModelIsAskedForByItsName() throws Exception {
        body = "{\"id\":\"gpt-realtime-2.1\",\"object\":\"model\",\"shutdown_date\":null}";

        assertThat(answer()).isEqualTo(new Answer.Known(Optional.empty()));
        assertThat(asked).isEqualTo("GET /v1/models/gpt-realtime-2.1 Bearer sk-test");
    }

    @Test
    void itsEndIsRead() throws Exception {
        body = "{\"id\":\"gpt-realtime-2.1\",\"shutdown_date\":\"2027-06-01\"}";

        assertThat(answer()).isEqualTo(new Answer.Known(Optional.of(LocalDate.of(2027, 6, 1))));
    }

    @Test
    void whatIsNotUnderstoodOfAnAnswerIsNotBelieved() throws Exception {
        body = "<html>";
        assertThat(answer()).isEqualTo(new Answer.Known(Optional.empty()));

        body = "{\"shutdown_date\":\"soon\"}";
        assertThat(answer()).isEqualTo(new Answer.Known(Optional.empty()));
    }

    @Test
    void refusalsAreToldApart() throws Exception {
        status = 404;
        assertThat(answer()).isEqualTo(new Answer.Unknown());
        status = 401;
        assertThat(answer()).isEqualTo(new Answer.Refused(401));
        status = 503;
        assertThat(answer()).isEqualTo(new Answer.NoAnswer("http_503"));
    }

    @Test
    void anApiThatIsAwayIsNoFailure() throws Exception {
        int port = server.actualPort();
        server.close().toCompletionStage().toCompletableFuture().join();

        assertThat(answer(port)).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void theShippedListKnowsWhenModelsEnd() {
        var shutdowns = new ModelShutdowns();

        assertThat(shutdowns.of("gpt-realtime")).contains(LocalDate.of(2027, 1, 20));
        assertThat(shutdowns.of("whisper-1")).contains(LocalDate.of(2027, 2, 26));
        assertThat(shutdowns.of("gpt-realtime-2.1")).isEmpty();
    }

    private Answer answer() throws Exception {
        return answer(server.actualPort());
    }

    private Answer answer(int port) throws Exception {
        var endpoint =
                RealtimeEndpoint.openAi(
                        "openai",
                        URI.create("http://localhost:" + port + "/v1"),
                        "sk-test",
                        "gpt-realtime-2.1");
        return question.ask(endpoint).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
