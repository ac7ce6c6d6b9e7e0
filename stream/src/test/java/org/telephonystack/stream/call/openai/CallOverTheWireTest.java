package org.telephonystack.stream.call.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.model.ScriptedModel;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.vendor.VendorTypes;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContext.Client;
import org.telephonystack.stream.call.CallContextLookup;
import org.telephonystack.stream.call.CallEvent;
import org.telephonystack.stream.call.CallJournal;
import org.telephonystack.stream.call.CallPorts;
import org.telephonystack.stream.call.CallSession;
import org.telephonystack.stream.call.CallSettings;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.CallTime;
import org.telephonystack.stream.call.CallerLeg;
import org.telephonystack.stream.emergency.Emergencies;
import org.telephonystack.stream.prompt.ReceptionistBrief;
import org.telephonystack.stream.truth.TruthGate;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A call against a Realtime API that is as strict as the real one: everything we say is understood and allowed.
class CallOverTheWireTest {

    private static final String JANE = "+12025550123";

    private final Vertx vertx = Vertx.vertx();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final List<CallJournal.Turn> turns = new CopyOnWriteArrayList<>();
    private final AtomicInteger audioBytes = new AtomicInteger();
    private final CompletableFuture<EndReason> closed = new CompletableFuture<>();
    private final CompletableFuture<CallSession> session = new CompletableFuture<>();
    private ScriptedModel model;
    private Context loop;
    private long timestamp;

    @BeforeEach
    void aModel() {
        model = ScriptedModel.start(vertx, "sk-test", ModelPace.quick(), 0);
        loop = vertx.getOrCreateContext();
    }

    @AfterEach
    void closeEverything() {
        VendorTypes.assertAllOf(model);
        model.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aCallerIsGreetedHelpedByAToolAndSaidGoodbyeTo() {
        model.script(
                JANE,
                ModelScript.greeting(ModelStep.say("Hi Jane, how can I help?"))
                        .onHearing(
                                "a haircut please",
                                ModelStep.call("check_schedule"),
                                ModelStep.sayScriptOf("check_schedule"))
                        .onHearing(
                                "no thanks",
                                ModelStep.say("Goodbye!"),
                                ModelStep.call("end_call")));
        begin();
        await().until(() -> count(CallEvent.TurnEnded.class) == 1);

        callerSays();
        await().until(() -> count(CallEvent.TurnEnded.class) == 2);
        callerSays();

        await().until(closed::isDone);
        assertThat(closed).isCompletedWithValue(EndReason.ASSISTANT_ENDED);
        assertThat(model.violations()).isEmpty();
        assertThat(model.scriptProblems()).isEmpty();
        assertThat(events.stream().filter(CallEvent.ToolFinished.class::isInstance))
                .extracting(event -> ((CallEvent.ToolFinished) event).end())
                .containsExactly(CallEvent.ToolEnd.SUCCESS, CallEvent.ToolEnd.SUCCESS);
        assertThat(turns)
                .extracting(CallJournal.Turn::text)
                .contains(
                        "Hi Jane, how can I help?",
                        "I have a three o'clock slot available.",
                        "Goodbye!");
        assertThat(audioBytes.get()).isGreaterThan(8_000);
    }

    @Test
    void aCallerWhoInterruptsIsHeardAndTheTruncationIsAccepted() {
        model.script(
                JANE,
                ModelScript.greeting(
                                ModelStep.say(
                                        "Hi Jane, how can I help you on this fine day, is it a haircut, a colour, or both?"))
                        .onHearing("stop", ModelStep.say("Sorry, go ahead.")));
        begin();
        await().until(() -> count(CallEvent.FirstAudioHeard.class) == 1);
        await().until(() -> count(CallEvent.ResponseEnded.class) == 1);

        callerSays();

        await().until(() ->
                turns.stream().anyMatch(turn -> turn.text().equals("Sorry, go ahead.")));
        assertThat(model.violations()).isEmpty();
        assertThat(events).noneMatch(CallEvent.ModelTrouble.class::isInstance);
    }

    @Test
    void aModelThatRefusesTheSessionEndsTheCallAsRefused() {
        model.script(
                JANE,
                ModelScript.greeting(ModelStep.say("Hi")).with(ModelQuirk.REFUSE_SESSION_UPDATE));

        begin();

        await().until(closed::isDone);
        assertThat(closed).isCompletedWithValue(EndReason.MODEL_REFUSED);
        assertThat(audioBytes).hasValue(0);
    }

    @Test
    void aModelThatDropsTheConnectionEndsTheCallAsLost() {
        model.script(
                JANE,
                ModelScript.greeting(ModelStep.say("Hi Jane"))
                        .onHearing(
                                "a haircut",
                                new ModelStep.DropMidAnswer("Let me look that up for you", true)));
        begin();
        await().until(() -> count(CallEvent.TurnEnded.class) == 1);

        callerSays();

        await().until(closed::isDone);
        assertThat(closed).isCompletedWithValue(EndReason.MODEL_LOST);
    }

    private void begin() {
        var start =
                new CallStart(
                        new CallSid("CA" + "0a".repeat(16)),
                        new StreamSid("MZ" + "0b".repeat(16)),
                        JANE,
                        "+12025550100",
                        new StreamTicket(StreamTicket.Kind.NEW, 1, "0c".repeat(16), Instant.now()),
                        Instant.now());
        var models =
                RealtimeConnector.cold(
                        vertx, RealtimeSettings.defaults(URI.create(model.baseUrl()), "sk-test"));
        var ports =
                new CallPorts(
                        new Caller(),
                        models,
                        new ReceptionistBrief(Clock.systemUTC()),
                        new KnownCaller(),
                        _ ->
                                CompletableFuture.completedStage(
                                        ToolResult.success(
                                                "I have a three o'clock slot available.",
                                                Map.of())),
                        new Journal(),
                        (event, _) -> events.add(event),
                        (_, _) -> Optional.empty(),
                        new TruthGate(),
                        new Emergencies(Optional.empty()),
                        new LoopTime(),
                        task -> loop.runOnContext(_ -> task.run()));
        loop.runOnContext(_ -> {
            var call = new CallSession(start, ports, CallSettings.DEFAULTS);
            session.complete(call);
            call.begin();
        });
    }

    /// 400 ms of noise and then quiet, in Twilio's frames.
    private void callerSays() {
        for (int frame = 0; frame < 60; frame++) {
            byte[] sound = new byte[160];
            Arrays.fill(sound, (byte) 0xff);
            if (frame < 20) {
                for (int i = 0; i < sound.length; i++) {
                    sound[i] = (byte) (i % 8 < 4 ? 0x10 : 0x90);
                }
            }
            String payload = Base64.getEncoder().encodeToString(sound);
            timestamp += 20;
            long at = timestamp;
            loop.runOnContext(_ -> session.join().onCallerAudio(payload, 0, payload.length(), at));
        }
    }

    private long count(Class<? extends CallEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }

    /// A telephone that plays everything at once: marks come back on the next turn of the loop.
    private final class Caller implements CallerLeg {
        @Override
        public void audio(String text, int from, int to) {
            audioBytes.addAndGet(Base64.getDecoder().decode(text.substring(from, to)).length);
        }

        @Override
        public void mark(String name) {
            loop.runOnContext(_ -> session.join().onMark(name));
        }

        @Override
        public void clear() {}

        @Override
        public void close(EndReason reason) {
            closed.complete(reason);
        }
    }

    private static final class KnownCaller implements CallContextLookup {
        @Override
        public CompletionStage<Answer> lookup(CallStart start) {
            return CompletableFuture.completedStage(
                    new Answer.Found(
                            new CallContext(
                                    Optional.of(new Client("Jane", "Roe")),
                                    List.of(),
                                    List.of(),
                                    Optional.empty())));
        }

        @Override
        public CallContext lastKnown() {
            return CallContext.NOTHING;
        }
    }

    private final class Journal implements CallJournal {
        @Override
        public void started(CallStart start) {}

        @Override
        public void tool(ToolRequest request) {}

        @Override
        public void incident(Incident incident) {}

        @Override
        public void turn(Turn turn) {
            turns.add(turn);
        }

        @Override
        public CompletionStage<?> ended(EndReason reason) {
            return CompletableFuture.completedStage(reason);
        }
    }

    private final class LoopTime implements CallTime {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            long id = vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
            return () -> vertx.cancelTimer(id);
        }
    }
}
