package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.telephonystack.simulator.model.ModelConnection;
import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.model.ScriptedModel;
import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.PhoneCall;
import org.telephonystack.simulator.phone.SimulatedCaller;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.stack.StackBuilder;
import org.telephonystack.simulator.vendor.VendorTypes;
import org.telephonystack.simulator.world.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The first endpoint of the voice model fails, the second answers, or does not either: two models in a world of their own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupModelIT {

    private static final String KEY = "azure-simulated";

    /// From the drop to the next word from us.
    private static final Duration NEXT_WORD = Duration.ofSeconds(2);

    private static final String BACKUP_SAYS = "Would you like to speak with a team member?";

    /// What we call each of them. A wrong key is no matter of the moment, the others are.
    private static final Map<Integer, String> REFUSALS =
            Map.of(429, "http_429", 503, "http_503", 401, "invalid_api_key");

    private static final Clips ASSISTANT = Clips.of("assistant");
    private static final Clips CALLER = Clips.caller();

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedModel backup = ScriptedModel.start(vertx, KEY, ModelPace.quick(), 0);
    private World world;
    private Calls calls;

    @BeforeAll
    void startWorld() {
        world = World.start(Worlds.settings("backup-model").stack(this::withBackup));
        calls = new Calls(world);
    }

    /// Every connection is made when it is needed and every endpoint tried in its turn, so that each call meets its fault.
    private void withBackup(StackBuilder stack) {
        Worlds.prepare(stack, "backup-model");
        stack.environment(
                        Service.STREAM,
                        "AZURE_OPENAI_ENDPOINT",
                        "http://localhost:" + backup.port())
                .environment(Service.STREAM, "AZURE_OPENAI_API_KEY", KEY)
                .environment(Service.STREAM, "AZURE_OPENAI_DEPLOYMENT", "gpt-realtime-backup")
                .environment(Service.STREAM, "TELEPHONY_MODEL_WARM_SESSIONS", "0")
                .environment(Service.STREAM, "TELEPHONY_MODEL_BREAKER_ATTEMPTS", "1000")
                .environment(Service.STREAM, "TELEPHONY_MODEL_LATCH", "100ms");
    }

    @BeforeEach
    void bothAnswer() {
        world.model().acceptUpgrades();
        backup.acceptUpgrades();
    }

    @AfterAll
    void stopWorld() {
        Worlds.close(world);
        VendorTypes.assertAllOf(backup);
        backup.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(10)
    void whenAModelIsLostTheNextWordIsTheBackupsWithinTwoSeconds() {
        List<SimulatedCaller> midAnswer =
                callers(3, new ModelStep.DropMidAnswer("I don't see any free appointment.", true));
        List<SimulatedCaller> beforeTheAnswer = callers(3, new ModelStep.DropMidAnswer("", true));
        List<SimulatedCaller> expired = callers(2, new ModelStep.Expire());
        List<SimulatedCaller> all =
                Stream.of(midAnswer, beforeTheAnswer, expired).flatMap(List::stream).toList();
        Talk.all(all.stream().map(caller -> hears(caller)).toList());

        Talk.all(all.stream().map(caller -> caller.say(CALLER.get("book"))).toList());
        Talk.all(all.stream().map(this::hearsTheBackup).toList());
        Talk.all(all.stream().map(caller -> caller.say(CALLER.get("thanks"))).toList());

        var waits = new ArrayList<Long>();
        for (SimulatedCaller caller : all) {
            CallRecord record = Calls.done(caller.call().settled());
            assertThat(record.streams()).hasSize(1);
            assertThat(record.endedBy()).isEqualTo("twiml");
            assertThat(calls.outcome(record.callSid())).isEqualTo("completed");
            assertThat(replacedBy(record)).isEqualTo("openai azure");
            waits.add(firstHeard(record) - caller.call().millisAt(droppedNanos(record)));
        }
        Reliability.note(
                "i the voice model lost in and before an answer; a backup answers",
                all.size(),
                "all went on with the backup",
                new Waits(waits).below(NEXT_WORD, NEXT_WORD));
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(20)
    void whoeverCallsWhileTheModelRefusesIsGreetedByTheBackup() {
        for (var refusal : REFUSALS.entrySet()) {
            world.model().refuseUpgrades(refusal.getKey());
            List<SimulatedCaller> callers = callers(2, say("Never said."));
            Talk.all(callers.stream().map(this::hearsTheBackup).toList());
            Talk.all(callers.stream().map(caller -> caller.say(CALLER.get("thanks"))).toList());

            var waits = new ArrayList<Long>();
            var lines = new ArrayList<String>();
            for (SimulatedCaller caller : callers) {
                CallRecord record = Calls.done(caller.call().settled());
                assertThat(record.endedBy()).isEqualTo("twiml");
                assertThat(calls.outcome(record.callSid())).isEqualTo("completed");
                assertThat(world.model().connectionsOf(record.from())).isEmpty();
                lines.addAll(calls.logLines(record.callSid()));
                waits.add(firstHeard(record) - at(record, CallEvent.Kind.STREAM_STARTED));
            }
            // A wrong key that one call has met is not tried by the next.
            assertThat(lines).anyMatch(line -> line.endsWith("Code: " + refusal.getValue()));
            System.out.println("[Reliability] backup greets after " + refusal + ": " + waits);
            var _ = new Waits(waits).below(NEXT_WORD, NEXT_WORD);
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(30)
    void withTheBackupDownAsWellTheCallIsHandedBackWithItsReason() {
        List<SimulatedCaller> talking =
                callers(2, new ModelStep.DropMidAnswer("I don't see any free appointment.", true));
        Talk.all(talking.stream().map(BackupModelIT::hears).toList());
        backup.refuseUpgrades(429);
        Talk.all(talking.stream().map(caller -> caller.say(CALLER.get("book"))).toList());
        Talk.all(talking.stream().map(caller -> caller.call().settled()).toList());
        world.model().refuseUpgrades(503);
        List<SimulatedCaller> calling = callers(2, say("Never said."));

        for (SimulatedCaller caller : Stream.of(talking, calling).flatMap(List::stream).toList()) {
            CallRecord record = Calls.done(caller.call().settled());
            assertThat(endReason(record)).isEqualTo("model_lost");
            assertThat(calls.outcome(record.callSid())).isEqualTo("model_failed");
            assertThat(record.endedBy()).isEqualTo("twiml");
            assertThat(record.textsOf(CallEvent.Kind.SAY))
                    .as("the caller hears where it goes from here")
                    .isNotEmpty();
            System.out.println(
                    record.textsOf(CallEvent.Kind.SAY) + " " + record.textsOf(CallEvent.Kind.DIAL));
            world.twilio().awaitMessageTo(record.from(), Duration.ofSeconds(30)).join();
            assertThat(world.twilio().messagesTo(record.from())).hasSize(1);
        }
    }

    /// @param answer of the first model to the caller's wish; the backup asks [#BACKUP_SAYS] and says goodbye
    private List<SimulatedCaller> callers(int count, ModelStep answer) {
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    String number = Calls.newNumber();
                    world.model()
                            .script(
                                    number,
                                    ModelScript.greeting(say("Hello! How can I help you today?"))
                                            .onHearing("book", answer));
                    backup.script(
                            number,
                            ModelScript.greeting(say(BACKUP_SAYS))
                                    .onHearing("book", say(BACKUP_SAYS))
                                    .onHearing("thank", say("Goodbye!"), call("end_call")));
                    return new SimulatedCaller(world.dial(CallerPlan.from(number)));
                })
                .toList();
    }

    private static CompletableFuture<Void> hears(SimulatedCaller caller) {
        return caller.waitForAssistantToFinish(Calls.PATIENCE);
    }

    /// To the end of what it says first.
    private CompletableFuture<Void> hearsTheBackup(SimulatedCaller caller) {
        PhoneCall call = caller.call();
        return CompletableFuture.runAsync(() ->
                        await().atMost(Duration.ofSeconds(60))
                                .until(() -> backupHasSpokenTo(call.from())))
                .thenCompose(_ -> hears(caller));
    }

    private boolean backupHasSpokenTo(String number) {
        return backup.connectionsOf(number).stream()
                .anyMatch(connection -> !connection.sent("response.done").isEmpty());
    }

    private static long firstHeard(CallRecord record) {
        return record.heard(ASSISTANT).stream()
                .filter(found -> found.clip().text().equals(BACKUP_SAYS))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("the backup was not heard: " + record.events()))
                .atMillis();
    }

    private static long at(CallRecord record, CallEvent.Kind kind) {
        return record.events().stream()
                .filter(event -> event.is(kind))
                .findFirst()
                .orElseThrow()
                .atMillis();
    }

    /// When the first model said its last.
    private long droppedNanos(CallRecord record) {
        ModelConnection first = world.model().connectionsOf(record.from()).getFirst();
        return first.sent().getLast().nanos();
    }

    private String replacedBy(CallRecord record) {
        return calls.awaitRows(
                        rows -> !rows.isEmpty(),
                        "select (details ->> 'from') || ' ' || (details ->> 'to') as endpoints from call_incidents "
                                + "where kind = 'model_replaced' and call_sid = ?",
                        record.callSid())
                .getFirst()
                .get("endpoints");
    }

    private String endReason(CallRecord record) {
        return calls.awaitRows(
                        rows -> !rows.isEmpty(),
                        "select end_reason from calls where call_sid = ? and end_reason is not null",
                        record.callSid())
                .getFirst()
                .get("end_reason");
    }
}
