package org.telephonystack.stream.wiring;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

import org.telephonystack.model.CallTrace;
import org.telephonystack.stream.call.CallEvent;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.truth.UnbackedClaim;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The spans of one call: `stream` → `context lookup`, `model connect`, `turn` → `tool <name>`, each exported as it ends.
///
/// The parent of `stream` is the call's root span, whose id follows from the CallSid and which action exports.
/// Mutable, on the call's event loop.
final class CallSpans {

    private static final AttributeKey<String> CALL_SID = AttributeKey.stringKey("call.sid");
    private static final AttributeKey<String> END = AttributeKey.stringKey("call.end");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
    private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("call.attempt");
    private static final AttributeKey<Long> TURN = AttributeKey.longKey("turn.number");
    private static final AttributeKey<Long> HEARD = AttributeKey.longKey("heard.ms");
    private static final AttributeKey<Boolean> INTERRUPTED =
            AttributeKey.booleanKey("turn.interrupted");

    private final Tracer tracer;
    private final Span stream;
    private final Context inStream;
    private final Map<String, Span> tools = new HashMap<>();
    private Span turn = Span.getInvalid();
    private Context inTurn;

    CallSpans(Tracer tracer, CallStart start, double ratio) {
        this.tracer = tracer;
        this.stream =
                tracer.spanBuilder("stream")
                        .setParent(root(CallTrace.of(start.callSid()), ratio))
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(start.at())
                        .setAttribute(CALL_SID, start.callSid().value())
                        .setAttribute(ATTEMPT, (long) start.ticket().attempt())
                        .startSpan();
        this.inStream = Context.root().with(stream);
        this.inTurn = inStream;
    }

    /// Where the call is now: in a turn, or between two.
    Context context() {
        return inTurn;
    }

    /// W3C `traceparent` of a tool's span while it runs.
    Optional<String> traceparent(String toolCallId) {
        return Optional.ofNullable(tools.get(toolCallId))
                .map(Span::getSpanContext)
                .filter(SpanContext::isValid)
                .map(span ->
                        "00-%s-%s-%s"
                                .formatted(
                                        span.getTraceId(),
                                        span.getSpanId(),
                                        span.getTraceFlags().asHex()));
    }

    void on(CallEvent event, Instant at) {
        switch (event) {
            case CallEvent.LookedUp looked ->
                    past("context lookup", looked.took(), at, word(looked.outcome()));
            case CallEvent.ModelReady ready -> past("model connect", ready.took(), at, "ready");
            case CallEvent.TurnBegan(int number) -> beginTurn(number, at);
            case CallEvent.GreetingTriggered _ -> stream.addEvent("greeting triggered", at);
            case CallEvent.FirstAudioSent _ -> turn.addEvent("first audio", at);
            case CallEvent.FirstAudioHeard _ -> turn.addEvent("first heard", at);
            case CallEvent.BargedIn(long heardMillis) ->
                    turn.addEvent("barge-in", Attributes.of(HEARD, heardMillis), at);
            case CallEvent.CallerSilent _ -> stream.addEvent("caller silent", at);
            case CallEvent.HoldingLine _ -> turn.addEvent("holding line", at);
            case CallEvent.ClaimUnbacked(UnbackedClaim.Kind kind) ->
                    turn.addEvent("claim unbacked", Attributes.of(OUTCOME, word(kind)), at);
            case CallEvent.EmergencyHeard() -> turn.addEvent("emergency words", at);
            case CallEvent.ClipPlayed _ -> turn.addEvent("clip played", at);
            case CallEvent.TakenUp _ -> stream.addEvent("call resumed", at);
            case CallEvent.ModelReplaced replaced ->
                    past("model replaced", replaced.outage(), at, replaced.to());
            case CallEvent.ToolStarted tool -> beginTool(tool, at);
            case CallEvent.ToolFinished tool -> endTool(tool, at);
            case CallEvent.TurnEnded(boolean interrupted) -> endTurn(interrupted, at);
            case CallEvent.ModelTrouble trouble ->
                    stream.addEvent(
                            "model trouble", Attributes.of(OUTCOME, word(trouble.trouble())), at);
            case CallEvent.Bug(Throwable cause) -> stream.recordException(cause);
            case CallEvent.Ended ended -> end(ended, at);
            case CallEvent.Started _,
                    CallEvent.ClientIdentified _,
                    CallEvent.ModelAnswered _,
                    CallEvent.ResponseEnded _,
                    CallEvent.CallerAudioDropped _,
                    CallEvent.CallerTranscribed _,
                    CallEvent.SilenceFilled _ -> {}
        }
    }

    private static Context root(CallTrace trace, double ratio) {
        TraceFlags flags =
                trace.isSampled(ratio) ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return Context.root()
                .with(
                        Span.wrap(
                                SpanContext.createFromRemoteParent(
                                        trace.traceId(),
                                        trace.rootSpanId(),
                                        flags,
                                        TraceState.getDefault())));
    }

    private void past(String name, Duration took, Instant at, String outcome) {
        tracer.spanBuilder(name)
                .setParent(inStream)
                .setStartTimestamp(at.minus(took))
                .setAttribute(OUTCOME, outcome)
                .startSpan()
                .end(at);
    }

    private void beginTurn(int number, Instant at) {
        turn.end(at);
        turn =
                tracer.spanBuilder("turn")
                        .setParent(inStream)
                        .setStartTimestamp(at)
                        .setAttribute(TURN, (long) number)
                        .startSpan();
        // The first turn is the greeting: nobody has spoken before it.
        turn.addEvent(number == 1 ? "greeting asked" : "speech stopped", at);
        inTurn = inStream.with(turn);
    }

    private void endTurn(boolean interrupted, Instant at) {
        turn.setAttribute(INTERRUPTED, interrupted);
        turn.end(at);
        turn = Span.getInvalid();
        inTurn = inStream;
    }

    private void beginTool(CallEvent.ToolStarted tool, Instant at) {
        tools.put(
                tool.callId(),
                tracer.spanBuilder("tool " + CallLogLines.word(tool.name()))
                        .setParent(inTurn)
                        .setSpanKind(SpanKind.CLIENT)
                        .setStartTimestamp(at)
                        .setAttribute(TOOL, CallLogLines.word(tool.name()))
                        .startSpan());
    }

    private void endTool(CallEvent.ToolFinished tool, Instant at) {
        Span span = tools.remove(tool.callId());
        if (span != null) {
            span.setAttribute(OUTCOME, word(tool.end()));
            span.end(at);
        }
    }

    private void end(CallEvent.Ended ended, Instant at) {
        tools.values().forEach(span -> span.end(at));
        tools.clear();
        turn.end(at);
        stream.setAttribute(END, ended.reason().word());
        if (!ended.reason().isPlanned()) {
            stream.setStatus(StatusCode.ERROR, ended.reason().word());
        }
        stream.end(at);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
