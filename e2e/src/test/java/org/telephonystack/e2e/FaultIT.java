package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.telephonystack.simulator.model.ModelTurn;
import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.SimulatedCaller;
import org.telephonystack.simulator.phone.StreamEnd;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.Scenarios;
import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;
import org.telephonystack.simulator.world.World;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// Parts of the stack away while calls are made; in a world of its own, which the other calls do not share.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultIT {

    private World world;
    private Calls calls;

    /// In this world frontdoor never reaches action: every announcement is lost and every question goes unanswered.
    @BeforeAll
    void startWorld() {
        world =
                World.start(
                        Worlds.settings("faults")
                                .stack(stack -> {
                                    Worlds.prepare(stack, "faults");
                                    stack.environment(
                                                    Service.FRONTDOOR,
                                                    "ACTION_INTERNAL_URL",
                                                    "http://127.0.0.1:9")
                                            .environment(
                                                    Service.ACTION,
                                                    "TELEPHONY_RECOVERY_STATUS_GRACE",
                                                    "10s");
                                }));
        calls = new Calls(world);
    }

    @AfterAll
    void stopWorld() {
        Worlds.close(world);
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void withTheDatabaseAwayTheCallGoesOnAndNoBookingIsPromised() {
        String number = Calls.newNumber();
        String time =
                OffsetDateTime.now(ZoneOffset.UTC)
                        .plusDays(10)
                        .truncatedTo(ChronoUnit.DAYS)
                        .plusHours(15)
                        .toString();
        world.model()
                .script(
                        number,
                        ModelScript.greeting(say("Hello!"))
                                .onHearing(
                                        "book",
                                        call(
                                                "create_booking",
                                                Map.of("time", time, "service", "cleaning")),
                                        sayScriptOf("create_booking"))
                                .onHearing("bye", say("Thank you for calling. Goodbye!")));
        var caller = new SimulatedCaller(world.dial(CallerPlan.from(number)));
        var clips = Clips.caller();

        Calls.done(caller.waitForAssistantToFinish(Calls.PATIENCE));
        world.database().suspend();
        try {
            Calls.done(caller.say(clips.get("book")));
            Calls.done(caller.waitForAssistantToFinish(Calls.PATIENCE));
            Calls.done(caller.say(clips.get("thanks")));
            Calls.done(caller.waitForAssistantToFinish(Calls.PATIENCE));
        } finally {
            world.database().resume();
        }
        CallRecord record = Calls.done(caller.hangUp().thenCompose(_ -> caller.call().settled()));

        assertThat(record.streams()).hasSize(1);
        assertThat(record.streams().getFirst().end()).contains(StreamEnd.STOPPED);
        assertThat(world.model().connectionsOf(number).getFirst().turns())
                .extracting(ModelTurn::said)
                .hasSizeGreaterThanOrEqualTo(4)
                .last()
                .isEqualTo("Thank you for calling. Goodbye!");
        String script = world.model().connectionsOf(number).getFirst().turns().get(2).said();
        assertThat(script)
                .isNotBlank()
                .doesNotContainIgnoringCase("confirmed")
                .doesNotContainIgnoringCase("is booked")
                .doesNotContainIgnoringCase("booked for");
        assertThat(calls.outcome(record.callSid())).isEqualTo("caller_hung_up");
        assertThat(calls.rows("select 1 from bookings where client_phone = ?", number)).isEmpty();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aCallerWhoseAnnouncementWasLostCanBookAllTheSame() {
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        number,
                        Scenarios.booking("there"),
                        new CallerStep.WaitForAssistant(),
                        new CallerStep.Say("book"),
                        new CallerStep.WaitForAssistant(),
                        new CallerStep.Say("yes"),
                        new CallerStep.WaitForAssistant(),
                        new CallerStep.HangUp());

        assertThat(calls.rows("select 1 from bookings where client_phone = ?", number)).hasSize(1);
        assertThat(calls.outcome(record.callSid())).isEqualTo("caller_hung_up");
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aRefusedHandshakeWithTheAnnouncementLostBringsOneText() {
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        CallerPlan.from(number).handshakeSigning(Signing.WRONG),
                        ModelScript.greeting(say("Never said.")),
                        new CallerStep.WaitForEnd());

        assertThat(record.streams().getFirst().end()).contains(StreamEnd.HANDSHAKE_FAILED);
        assertThat(record.status()).isEqualTo("completed");
        world.twilio().awaitMessageTo(number, Duration.ofSeconds(30)).join();
        assertThat(calls.rows("select 1 from sms_outbox where call_sid = ?", record.callSid()))
                .hasSize(1);
        assertThat(world.twilio().messagesTo(number)).hasSize(1);
    }

    /// Nobody can tell frontdoor what was planned: it connects once more, and then has an apology only.
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void whoWasPromisedAPersonAndHeardAnApologyGetsOneText() {
        Calls always = TransferIT.atAnyHour(world);
        String number = Calls.newNumber();

        CallRecord record =
                always.play(number, TransferIT.HANDS_OVER, TransferIT.ASKS_FOR_A_PERSON);

        assertThat(record.textsOf(CallEvent.Kind.DIAL)).isEmpty();
        assertThat(record.textsOf(CallEvent.Kind.SAY))
                .last()
                .asString()
                .startsWith("We are sorry, there was a problem with the connection.");
        world.twilio().awaitMessageTo(number, Duration.ofSeconds(60)).join();
        assertThat(calls.outcome(record.callSid())).isEqualTo("our_fault");
        assertThat(
                        calls.rows(
                                        "select end_reason, outcome_reason from calls where call_sid = ?",
                                        record.callSid())
                                .getFirst()
                                .columns())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("end_reason", "transfer", "outcome_reason", "not_carried_out"));
        assertThat(world.twilio().messagesTo(number)).hasSize(1);
    }
}
