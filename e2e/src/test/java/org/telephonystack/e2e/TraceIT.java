package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.SimulatedCaller;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.Scenarios;
import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.trace.RecordedSpan;
import org.telephonystack.simulator.world.World;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One call is one trace, found by its CallSid.
@ExtendWith(Worlds.class)
class TraceIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String ROSALIND = "+14155550188";
    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();

    @Test
    void aCallIsOneTraceFromTheWebhookToTheSql(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();
        ModelScript asks =
                ModelScript.greeting(say("Hello!"))
                        .onHearing(
                                "book",
                                call("check_schedule", Map.of("service", "cleaning")),
                                sayScriptOf("check_schedule"));

        CallRecord record =
                calls.play(
                        number,
                        asks,
                        WAIT,
                        new CallerStep.Say("book"),
                        WAIT,
                        new CallerStep.HangUp());

        var trace = CallTrace.of(new CallSid(record.callSid()));
        List<RecordedSpan> spans =
                world.traces()
                        .await(
                                trace.traceId(),
                                LONG,
                                all ->
                                        named(all, "call").size() == 1
                                                && !named(all, "stream").isEmpty())
                        .join();
        RecordedSpan root = only(spans, "call");
        assertThat(root.spanId()).isEqualTo(trace.rootSpanId());
        assertThat(root.parentSpanId()).isIn("", "0000000000000000");
        assertThat(only(spans, "webhook").parentSpanId()).isEqualTo(root.spanId());
        RecordedSpan stream = only(spans, "stream");
        assertThat(stream.parentSpanId()).isEqualTo(root.spanId());
        assertThat(only(spans, "context lookup").parentSpanId()).isEqualTo(stream.spanId());
        assertThat(only(spans, "model connect").parentSpanId()).isEqualTo(stream.spanId());
        assertThat(named(spans, "turn"))
                .hasSize(2)
                .allMatch(turn -> turn.parentSpanId().equals(stream.spanId()));
        List<RecordedSpan> tools = named(spans, "tool check_schedule");
        RecordedSpan asked =
                tools.stream()
                        .filter(span -> span.service().equals("voice-stream"))
                        .findFirst()
                        .orElseThrow();
        RecordedSpan done =
                tools.stream()
                        .filter(span -> span.service().equals("voice-action"))
                        .findFirst()
                        .orElseThrow();
        assertThat(named(spans, "turn"))
                .extracting(RecordedSpan::spanId)
                .contains(asked.parentSpanId());
        assertThat(done.parentSpanId()).isEqualTo(asked.spanId());
        assertThat(spans)
                .as("SQL below the tool")
                .anyMatch(span -> span.parentSpanId().equals(done.spanId()));
        assertThat(spans.toString()).as("nothing personal").doesNotContain(number.substring(1));
    }

    @Test
    void turnsArriveWhileTheCallRuns(World world) {
        String number = Calls.newNumber();
        world.model()
                .script(
                        number,
                        ModelScript.greeting(say("Hello!")).onHearing("book", say("Gladly.")));
        var caller = new SimulatedCaller(world.dial(CallerPlan.from(number)));
        Calls.done(caller.waitForAssistantToFinish(Calls.PATIENCE));
        Calls.done(caller.say(Clips.caller().get("book")));
        Calls.done(caller.waitForAssistantToFinish(Calls.PATIENCE));

        String trace = CallTrace.of(new CallSid(caller.call().callSid())).traceId();
        List<RecordedSpan> spans =
                world.traces().await(trace, LONG, all -> !named(all, "turn").isEmpty()).join();

        assertThat(caller.call().ended()).isNotDone();
        assertThat(named(spans, "stream")).isEmpty();
        Calls.done(caller.hangUp().thenCompose(_ -> caller.call().settled()));
    }

    /// A client of ours books; whatever she is called, wherever she calls from and whatever is said stays in the call.
    @Test
    void noSpanOfAWholeBookingSaysAnythingPersonal(World world) {
        var calls = new Calls(world);
        CallRecord record =
                calls.play(
                        ROSALIND,
                        Scenarios.booking("there"),
                        WAIT,
                        new CallerStep.Say("book"),
                        WAIT,
                        new CallerStep.Say("yes"),
                        WAIT,
                        new CallerStep.Say("thanks"),
                        new CallerStep.WaitForEnd());

        List<RecordedSpan> spans =
                world.traces()
                        .await(
                                CallTrace.of(new CallSid(record.callSid())).traceId(),
                                LONG,
                                all ->
                                        named(all, "call").size() == 1
                                                && !named(all, "stream").isEmpty()
                                                && !named(all, "status callback").isEmpty())
                        .join();

        assertThat(named(spans, "tool create_booking")).isNotEmpty();
        assertThat(named(spans, "webhook")).isNotEmpty();
        String everything = spans.toString().toLowerCase(Locale.ROOT);
        assertThat(everything).doesNotContain(ROSALIND.substring(1), "rosalind", "quicksilver");
        calls.rows("select content from call_turns where call_sid = ?", record.callSid())
                .forEach(turn ->
                        assertThat(everything)
                                .doesNotContain(turn.get("content").toLowerCase(Locale.ROOT)));
    }

    private static RecordedSpan only(List<RecordedSpan> spans, String name) {
        assertThat(named(spans, name)).as(name).hasSize(1);
        return named(spans, name).getFirst();
    }

    private static List<RecordedSpan> named(List<RecordedSpan> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }
}
