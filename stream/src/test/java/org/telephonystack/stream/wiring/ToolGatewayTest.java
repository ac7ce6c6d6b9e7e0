package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.core.Vertx;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.http.HttpToolGateway;
import org.telephonystack.stream.call.http.ToolGatewayException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ToolGatewayTest {

    private static final ToolCall CALL =
            new ToolCall(
                    "check_schedule",
                    Map.of("time", "2026-11-24"),
                    Optional.of(new CallSid("CA1")),
                    Optional.of("call_1"));

    @Inject Vertx vertx;

    @Test
    void theAnswerIsReadWithItsDetails() {
        ToolResult result =
                answered(
                        FakeAction.json(
                                "{\"outcome\":\"success\",\"slot\":\"x\",\"script\":\"A slot.\"}"));

        assertThat(result).isEqualTo(ToolResult.success("A slot.", Map.of("slot", "x")));
    }

    @Test
    void whateverIsNoAnswerFailsWithAKindAnOperatorCanUse() {
        assertThat(failure(FakeAction.status(401)))
                .isEqualTo(ToolGatewayException.Kind.UNAUTHORISED);
        assertThat(failure(FakeAction.status(503))).isEqualTo(ToolGatewayException.Kind.BAD_STATUS);
        assertThat(failure(FakeAction.json("<html>"))).isEqualTo(ToolGatewayException.Kind.GARBAGE);
        assertThat(failure(FakeAction.json("[]"))).isEqualTo(ToolGatewayException.Kind.GARBAGE);
        assertThat(failure(FakeAction.json("{\"outcome\":\"success\"}")))
                .isEqualTo(ToolGatewayException.Kind.GARBAGE);
        assertThat(failure(request -> request.connection().close()))
                .isEqualTo(ToolGatewayException.Kind.UNREACHABLE);
    }

    @Test
    void anActionThatDoesNotAnswerIsGivenUp() {
        Surroundings.action().answers(_ -> {});

        assertThat(failure(gateway(Duration.ofMillis(200))))
                .isEqualTo(ToolGatewayException.Kind.TIMEOUT);
    }

    /// More calls than there are connections: the last of them wait for one.
    @Test
    void anActionThatHungIsAskedAgainAndNothingLateIsSent() {
        Surroundings.action().answers(_ -> {});
        Surroundings.action().received().clear();
        HttpToolGateway gateway = gateway(Duration.ofSeconds(2));
        List<CompletableFuture<ToolResult>> hanging =
                Stream.generate(() -> gateway.call(CALL, Optional.empty()).toCompletableFuture())
                        .limit(60)
                        .toList();
        assertThat(hanging)
                .extracting(ToolGatewayTest::failure)
                .containsOnly(ToolGatewayException.Kind.TIMEOUT);
        int sent = Surroundings.action().received().size();

        Surroundings.action()
                .answers(FakeAction.json("{\"outcome\":\"success\",\"script\":\"Yes.\"}"));
        // The breaker lets one try after its pause.
        ToolResult next =
                await().atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(
                                () ->
                                        gateway.call(CALL, Optional.empty())
                                                .toCompletableFuture()
                                                .join(),
                                Objects::nonNull);

        assertThat(next.script()).isEqualTo("Yes.");
        assertThat(sent).isEqualTo(50);
        assertThat(Surroundings.action().received()).hasSize(51);
    }

    @Test
    void anActionThatIsAwayIsNotAskedForEver() {
        Surroundings.action().answers(FakeAction.status(503));
        HttpToolGateway gateway = gateway();
        for (int i = 0; i < 8; i++) {
            assertThat(failure(gateway)).isEqualTo(ToolGatewayException.Kind.BAD_STATUS);
        }

        assertThat(failure(gateway)).isEqualTo(ToolGatewayException.Kind.BREAKER_OPEN);
    }

    private HttpToolGateway gateway() {
        return gateway(Duration.ofSeconds(20));
    }

    private HttpToolGateway gateway(Duration deadline) {
        return new HttpToolGateway(
                vertx,
                URI.create(Surroundings.action().url()),
                Surroundings.SERVICE_SECRET,
                deadline);
    }

    private ToolResult answered(Consumer<HttpServerRequest> answer) {
        Surroundings.action().answers(answer);
        return gateway().call(CALL, Optional.empty()).toCompletableFuture().join();
    }

    private ToolGatewayException.Kind failure(Consumer<HttpServerRequest> answer) {
        Surroundings.action().answers(answer);
        return failure(gateway());
    }

    private static ToolGatewayException.Kind failure(HttpToolGateway gateway) {
        return failure(gateway.call(CALL, Optional.empty()).toCompletableFuture());
    }

    private static ToolGatewayException.Kind failure(CompletableFuture<ToolResult> call) {
        try {
            ToolResult result = call.join();
            throw new AssertionError("an answer: " + result);
        } catch (CompletionException e) {
            if (e.getCause() instanceof ToolGatewayException failure) {
                return failure.kind();
            }
            throw e;
        }
    }
}
