package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.vendor.VendorTypes;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A call through everything that this service is: sockets on both sides, PostgreSQL, HTTP to action.
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WholeCallTest {

    private static final String MARIA = "+14155550111";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init") // injected
    URI http;

    @Inject FakeModels models;
    @Inject MeterRegistry registry;
    @Inject Vertx vertx;

    @BeforeEach
    void theRealConnection() {
        models.real = true;
        Surroundings.action().received().clear();
        Database.run("delete from clients where phone = ?", MARIA);
        Database.run(
                "insert into clients (phone, first_name, last_name) values (?, 'Maria', 'Lopez')",
                MARIA);
    }

    @AfterEach
    void theFakesAgain() {
        models.real = false;
        VendorTypes.assertAllOf(Surroundings.model());
    }

    /// On the very loop that the caller's socket is served on, whichever that is.
    @Test
    void aConnectionThatWaitedIsTaken() throws InterruptedException {
        int loops = 0;
        for (var _ : ((VertxInternal) vertx).getEventLoopGroup()) {
            loops++;
        }
        int waiting = loops;
        await().atMost(LONG_ENOUGH)
                .until(() ->
                        count("telephony.model.connections", "for", "next_call", "outcome", "ready")
                                >= waiting);
        double before = count("telephony.model.wanted", "warm", "true");
        CallSid call = TwilioPeer.newCallSid();
        Surroundings.model().script(MARIA, ModelScript.greeting(say("Hello Maria!")));

        try (TwilioPeer maria = TwilioPeer.connect(http.getPort())) {
            maria.start(call, MARIA, TwilioPeer.ticket(call));
            maria.pickUp();
            maria.awaitEvent("media");
            maria.stop();
            assertThat(maria.closeCode()).isEqualTo(1000);
        }

        assertThat(count("telephony.model.wanted", "warm", "true")).isEqualTo(before + 1);
        assertThat(Surroundings.model().violations()).isEmpty();
    }

    private double count(String meter, String... labels) {
        return registry.find(meter).tags(labels).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void aKnownCallerIsGreetedAsksForASlotAndSaysGoodbye() throws InterruptedException {
        CallSid call = TwilioPeer.newCallSid();
        Surroundings.model()
                .script(
                        MARIA,
                        ModelScript.greeting(
                                        say(
                                                "Hello Maria, thank you for calling. How can I help you?"))
                                .onHearing(
                                        "book",
                                        call("check_schedule"),
                                        sayScriptOf("check_schedule"))
                                .onHearing(
                                        "thank",
                                        say("Thank you for calling. Goodbye!"),
                                        call("end_call")));
        Surroundings.action()
                .answers(
                        FakeAction.json(
                                "{\"outcome\":\"success\",\"slot\":\"2026-11-24T15:00\",\"script\":"
                                        + "\"Which service would you like?\"}"));

        try (TwilioPeer maria = TwilioPeer.connect(http.getPort())) {
            maria.start(call, MARIA, TwilioPeer.ticket(call));
            maria.pickUp();
            maria.awaitEvent("media");
            await().atMost(LONG_ENOUGH).until(maria::isQuiet);

            maria.say(Clips.caller().get("book").mulaw());
            FakeAction.Received tool = asked("check_schedule");
            assertThat(tool.authorization()).isEqualTo("Bearer " + Surroundings.SERVICE_SECRET);
            assertThat(tool.body().getString("callSid")).isEqualTo(call.value());
            assertThat(tool.body().getString("toolCallId")).isNotBlank();
            assertThat(tool.traceparent()).startsWith("00-" + CallTrace.of(call).traceId() + "-");
            await().atMost(LONG_ENOUGH)
                    .until(() ->
                            turns(call, "assistant").contains("Which service would you like?"));
            await().atMost(LONG_ENOUGH).until(maria::isQuiet);

            maria.say(Clips.caller().get("thanks").mulaw());

            assertThat(maria.closeCode()).isEqualTo(1000);
        }
        assertThat(
                        Database.text(
                                "select end_reason || ' ' || caller || ' ' || attempt from calls where call_sid = ?",
                                call.value()))
                .isEqualTo("assistant_ended " + MARIA + " 1");
        await().until(() -> turns(call, "assistant").contains("Goodbye!"));
        assertThat(turns(call, "assistant")).startsWith("Hello Maria");
        assertThat(turns(call, "caller")).contains("book a cleaning");
        // Two utterances were written down, and each response added what it took.
        await().atMost(LONG_ENOUGH)
                .until(() ->
                        "t t"
                                .equals(
                                        Database.text(
                                                        "select (responses > 1 and audio_out > 0) || ' ' || (transcribed_seconds between 1 and 60) from call_usage where call_sid = ?",
                                                        call.value())
                                                .replace("true", "t")));
        assertThat(Surroundings.model().violations()).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayCostsTheNameAndNotTheCall() throws InterruptedException {
        CallSid call = TwilioPeer.newCallSid();
        Surroundings.model()
                .script(MARIA, ModelScript.greeting(say("Hello! How can I help you today?")));
        Surroundings.database().suspend();
        try (TwilioPeer maria = TwilioPeer.connect(http.getPort())) {
            maria.start(call, MARIA, TwilioPeer.ticket(call));
            maria.pickUp();
            JsonObject sound = maria.awaitEvent("media");
            assertThat(sound.getJsonObject("media").getString("payload")).isNotEmpty();
            maria.stop();
            assertThat(maria.closeCode()).isEqualTo(1000);
        } finally {
            Surroundings.database().resume();
        }
        await().atMost(LONG_ENOUGH)
                .until(() ->
                        Database.text(
                                        "select end_reason from calls where call_sid = ?",
                                        call.value())
                                .equals("caller_hung_up"));
    }

    private static FakeAction.Received asked(String action) throws InterruptedException {
        FakeAction.Received received =
                Objects.requireNonNull(
                        Surroundings.action().received().poll(20, TimeUnit.SECONDS),
                        "action was not asked");
        assertThat(received.body().getString("action")).isEqualTo(action);
        return received;
    }

    private static String turns(CallSid call, String role) {
        return Database.text(
                "select string_agg(content, ' ' order by seq) from call_turns where call_sid = ? and role = ?",
                call.value(),
                role);
    }
}
