package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Usage;
import org.telephonystack.stream.wiring.FakeModels.FakeModel;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A stream is lost, and another one goes on with its call: through PostgreSQL, sockets and HTTP.
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TakenUpCallTest {

    private static final String CALLER = "+14155550122";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init") // injected
    URI http;

    @Inject FakeModels models;

    @BeforeEach
    void nothingIsLeft() {
        models.connected.clear();
        Surroundings.action().received().clear();
    }

    @AfterEach
    void actionAnswersAgain() {
        Surroundings.action().answers(FakeAction.json("{\"outcome\":\"error\",\"script\":\"?\"}"));
    }

    @Test
    void aTicketThatWasBeingOpenedIsOpenedUnderTheSameId() throws InterruptedException {
        CallSid call = TwilioPeer.newCallSid();
        Surroundings.action().answers(_ -> {}); // It hangs.
        try (TwilioPeer first = TwilioPeer.connect(http.getPort())) {
            first.start(call, CALLER, TwilioPeer.ticket(call));
            FakeModel model = model();
            // What it says before it was asked finds nobody.
            awaitOrder(model, "respond GREETING");
            model.says(
                    new ModelEvent.ResponseCreated("r1"),
                    new ModelEvent.ToolRequested(
                            "r1",
                            "call_7",
                            "create_ticket",
                            Optional.of(Map.of("subject", "The tap drips"))),
                    new ModelEvent.ResponseDone("r1", Status.COMPLETED, Usage.NONE));
            FakeAction.Received asked = asked();
            await().atMost(LONG_ENOUGH).until(() -> open(call) == 1);
            first.cut();

            Surroundings.action()
                    .answers(
                            FakeAction.json(
                                    "{\"outcome\":\"success\",\"script\":\"It is open.\"}"));
            try (TwilioPeer second = resume(call, 2)) {
                FakeModel next = model();

                assertThat(asked().body()).isEqualTo(asked.body());
                // Told first that it is under way, then what to say, then what came of it.
                awaitOrder(next, "respond GREETING");
                awaitOrder(next, "note");
                next.says(
                        new ModelEvent.ResponseCreated("r1"),
                        new ModelEvent.ResponseDone("r1", Status.COMPLETED, Usage.NONE));
                awaitOrder(next, "respond ANSWER");
                await().atMost(LONG_ENOUGH).until(() -> open(call) == 0);
                second.cut();
            }
        }

        try (TwilioPeer third = resume(call, 3)) {
            awaitOrder(model(), "respond GREETING");
            third.stop();
            assertThat(third.closeCode()).isEqualTo(1000);
        }
        assertThat(Surroundings.action().received()).isEmpty();
    }

    @Test
    void aCallThatHadSaidGoodbyeIsClosedWithoutAWordAndOverForTheNextQuestionToo()
            throws InterruptedException {
        CallSid call = TwilioPeer.newCallSid();
        Database.run(
                "insert into calls (call_sid, attempt, end_reason) values (?, 1, 'transfer')",
                call.value());

        try (TwilioPeer peer = resume(call, 2)) {
            assertThat(peer.closeCode()).isEqualTo(1000);
        }

        assertThat(model().orders).containsExactly("close");
        assertThat(
                        Database.text(
                                "select attempt || ' ' || end_reason from calls where call_sid = ?",
                                call.value()))
                .isEqualTo("2 transfer");
    }

    private TwilioPeer resume(CallSid call, int attempt) {
        TwilioPeer peer = TwilioPeer.connect(http.getPort());
        peer.start(call, CALLER, TwilioPeer.ticket(call, StreamTicket.Kind.RESUME, attempt));
        return peer;
    }

    private FakeModel model() throws InterruptedException {
        return Objects.requireNonNull(
                models.connected.poll(20, TimeUnit.SECONDS), "nobody asked for a model");
    }

    private static FakeAction.Received asked() throws InterruptedException {
        return Objects.requireNonNull(
                Surroundings.action().received().poll(20, TimeUnit.SECONDS),
                "action was not asked");
    }

    private static void awaitOrder(FakeModel model, String order) throws InterruptedException {
        String next = model.orders.poll(20, TimeUnit.SECONDS);
        while (next != null && !next.startsWith(order)) {
            next = model.orders.poll(20, TimeUnit.SECONDS);
        }
        assertThat(next).isNotNull();
    }

    private static long open(CallSid call) {
        return Database.count(
                "select count(*) from call_tool_requests where call_sid = ? and answered_at is null",
                call.value());
    }
}
