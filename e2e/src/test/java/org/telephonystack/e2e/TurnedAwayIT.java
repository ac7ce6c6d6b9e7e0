package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.world.World;

import java.time.Duration;

/// Callers who do not get the assistant. frontdoor learns of them in the background, so the first call after the news may still.
@ExtendWith(Worlds.class)
class TurnedAwayIT {

    private static final Duration NEWS_ARRIVED = Duration.ofSeconds(60);
    private static final ModelScript SHORT =
            ModelScript.greeting(say("Goodbye!"), call("end_call"));

    @Test
    void aBlockedCallerIsNotAnswered(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();
        calls.execute("insert into blocked_callers (phone) values (?)", number);

        CallRecord record = turnedAway(calls, number);

        assertThat(record.status()).isEqualTo("no-answer");
        assertThat(record.events()).noneMatch(event -> event.is(CallEvent.Kind.ANSWERED));
        assertThat(calls.outcome(record.callSid())).isEqualTo("declined");
        assertThat(world.twilio().messagesTo(number)).isEmpty();
    }

    @Test
    void whoHasTalkedForTwoHoursTodayLeavesAMessage(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();
        calls.execute(
                "insert into calls (call_sid, caller, stream_started_at, stream_ended_at, end_reason, outcome)"
                        + " values (?, ?, now(), now() + interval '2 hours', 'caller_hung_up', 'caller_hung_up')",
                "CA" + "0".repeat(20) + number.substring(1) + "0",
                number);

        CallRecord record = turnedAway(calls, number);

        assertThat(record.textsOf(CallEvent.Kind.SAY)).isNotEmpty();
        assertThat(record.textsOf(CallEvent.Kind.RECORD)).hasSize(1);
        assertThat(record.textsOf(CallEvent.Kind.COMPLAINT)).isEmpty();
        assertThat(calls.outcome(record.callSid())).isEqualTo("voicemail");
        assertThat(world.twilio().messagesTo(number)).isEmpty();
    }

    private static CallRecord turnedAway(Calls calls, String number) {
        return await("turned away")
                .atMost(NEWS_ARRIVED)
                .until(
                        () -> calls.play(number, SHORT, new CallerStep.WaitForEnd()),
                        record -> record.streams().isEmpty());
    }
}
