package org.telephonystack.stream.call;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.call.CallEvent.ToolEnd;
import org.telephonystack.stream.call.CallJournal.ToolRequest;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Tools that are being carried out: all calls of a round side by side, every call answered exactly once, and one new response
/// when the last answer of the round is in.
final class RunningTools {

    private static final class Round {
        final Purpose next;
        final Consumer<Boolean> onOver;
        int open;
        boolean failed;

        Round(int open, Purpose next, Consumer<Boolean> onOver) {
            this.open = open;
            this.next = next;
            this.onOver = onOver;
        }
    }

    private record Running(
            ToolRequested call, Round round, Instant since, CallTime.Timer deadline) {}

    /// A goodbye needs nothing of our system but its words.
    private static final Duration GOODBYE_WITHIN = Duration.ofSeconds(1);

    /// Silence that begins to be long on a telephone.
    private static final Duration HOLDING_AFTER = Duration.ofMillis(2_500);

    private static final Duration HOLDING_RETRY = Duration.ofMillis(500);

    private final CallSid callSid;
    private final CallPorts ports;
    private final CallSettings settings;
    private final CallTimers timers;
    private final ModelOrders model;
    private final Consumer<Purpose> wantAnswer;
    private final BooleanSupplier hold;
    private final BiConsumer<ToolRequested, ToolResult> onResult;

    private final Map<String, Running> running = new HashMap<>();
    private final Set<String> answersNotTaken = new HashSet<>();
    private final Set<String> orphans = new HashSet<>();

    /// @param hold says that it takes a little longer, unless this is not the moment
    /// @param onResult gets every answer of a tool, before the model does
    RunningTools(
            CallSid callSid,
            CallPorts ports,
            CallSettings settings,
            CallTimers timers,
            ModelOrders model,
            Consumer<Purpose> wantAnswer,
            BooleanSupplier hold,
            BiConsumer<ToolRequested, ToolResult> onResult) {
        this.callSid = callSid;
        this.ports = ports;
        this.settings = settings;
        this.timers = timers;
        this.model = model;
        this.wantAnswer = wantAnswer;
        this.hold = hold;
        this.onResult = onResult;
    }

    /// The model that asked is gone: the answers are told to the next model in words, which knows nothing of the calls.
    void connectionLost() {
        answersNotTaken.clear();
        orphans.addAll(running.keySet());
    }

    /// Tools that are being carried out for a model that is gone.
    List<ToolRequested> orphans() {
        return running.values().stream()
                .map(Running::call)
                .filter(call -> orphans.contains(call.callId()))
                .toList();
    }

    /// Carries out these calls, and asks for an answer of the kind `next` when all are answered.
    void run(List<ToolRequested> calls, Purpose next) {
        run(calls, next, _ -> {});
    }

    /// @param onOver learns before that whether all of them succeeded
    void run(List<ToolRequested> calls, Purpose next, Consumer<Boolean> onOver) {
        var round = new Round(calls.size(), next, onOver);
        calls.forEach(call -> begin(call, round));
        if (next == Purpose.ANSWER && round.open > 0) {
            timers.after(HOLDING_AFTER, () -> holdTheLine(round));
        }
    }

    /// Goes on with what a lost stream had under way.
    void takeUp(List<ToolRequested> calls) {
        calls.forEach(call -> orphans.add(call.callId()));
        run(calls, Purpose.ANSWER);
    }

    /// Answers without doing anything and without asking for a new response.
    void answer(ToolRequested call, ToolResult result) {
        answer(call, result, ToolEnd.of(result));
    }

    void skip(ToolRequested call, ToolResult result) {
        answer(call, result, ToolEnd.SKIPPED);
    }

    /// Whether a response that begins now knows all results there are.
    boolean isModelUpToDate() {
        return answersNotTaken.isEmpty() && running.isEmpty();
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    boolean isRunning(String callId) {
        return running.containsKey(callId);
    }

    void onAnswerTaken(String callId) {
        answersNotTaken.remove(callId);
    }

    private void answer(ToolRequested call, ToolResult result, ToolEnd end) {
        ports.observer().on(new CallEvent.ToolStarted(call.callId(), call.name()), now());
        tell(call, result, end, now());
    }

    private void holdTheLine(Round round) {
        if (round.open > 0 && !hold.getAsBoolean()) {
            timers.after(HOLDING_RETRY, () -> holdTheLine(round));
        }
    }

    private void begin(ToolRequested call, Round round) {
        Instant since = now();
        ports.observer().on(new CallEvent.ToolStarted(call.callId(), call.name()), since);
        var deadline =
                timers.after(
                        isGoodbye(call) ? GOODBYE_WITHIN : settings.toolDeadline(),
                        () -> finish(call, withoutAnswer(call), ToolEnd.TIMEOUT));
        running.put(call.callId(), new Running(call, round, since, deadline));
        Optional<Map<String, Object>> params = call.params();
        if (params.isEmpty()) {
            finish(call, ToolScripts.MALFORMED, ToolEnd.MALFORMED);
            return;
        }
        journal(call, since, Optional.empty());
        gatewayCall(call, params.get())
                .whenCompleteAsync(
                        (result, failure) -> onAnswer(call, result, failure), ports.loop());
    }

    /// To hang up is nothing that another process would have to go on with.
    private void journal(ToolRequested call, Instant since, Optional<Instant> answered) {
        if (!isGoodbye(call)) {
            call.params()
                    .ifPresent(params ->
                            ports.journal()
                                    .tool(
                                            new ToolRequest(
                                                    call.callId(),
                                                    call.name(),
                                                    params,
                                                    since,
                                                    answered)));
        }
    }

    private CompletionStage<ToolResult> gatewayCall(
            ToolRequested call, Map<String, Object> params) {
        var toolCall =
                new ToolCall(call.name(), params, Optional.of(callSid), Optional.of(call.callId()));
        try {
            return ports.tools().call(toolCall);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static boolean isGoodbye(ToolRequested call) {
        return call.name().equals(Tools.END_CALL.name());
    }

    private static ToolResult withoutAnswer(ToolRequested call) {
        return isGoodbye(call) ? ToolScripts.LINE_STAYS_OPEN : ToolScripts.NO_ANSWER;
    }

    private void onAnswer(
            ToolRequested call, @Nullable ToolResult result, @Nullable Throwable failure) {
        if (result == null || failure != null) {
            finish(call, withoutAnswer(call), ToolEnd.UNREACHABLE);
        } else if (running.containsKey(call.callId())) {
            finish(call, result, ToolEnd.of(result));
        } else {
            tellLate(call, result);
        }
    }

    /// The model was told at the deadline that nothing is known. A call can be answered once only, and the truth matters:
    /// it comes as a note.
    private void tellLate(ToolRequested call, ToolResult result) {
        if (!isGoodbye(call)) {
            onResult.accept(call, result);
            model.note(
                    "Late answer of our system to "
                            + call.name()
                            + ": "
                            + result.outcome().name().toLowerCase(Locale.ROOT)
                            + ". Tell the caller now: "
                            + result.script());
            wantAnswer.accept(Purpose.ANSWER);
        }
    }

    private void finish(ToolRequested call, ToolResult result, ToolEnd end) {
        Running done = running.remove(call.callId());
        if (done == null) {
            return; // Too late: the model was told so at the deadline.
        }
        done.deadline().cancel();
        if (ToolScripts.then(result).isEmpty()) {
            // What was promised is kept when the line closes, by whichever stream that is.
            journal(call, done.since(), Optional.of(now()));
        }
        tell(call, result, end, done.since());
        Round round = done.round();
        round.failed |= result.outcome() != ToolResult.Outcome.SUCCESS;
        if (--round.open == 0) {
            round.onOver.accept(!round.failed);
            wantAnswer.accept(round.next);
        }
    }

    private void tell(ToolRequested call, ToolResult result, ToolEnd end, Instant since) {
        Instant now = now();
        if (end != ToolEnd.SKIPPED) {
            onResult.accept(call, result);
        }
        if (orphans.remove(call.callId())) {
            model.note(ToolScripts.inWords(call, result));
        } else {
            answersNotTaken.add(call.callId());
            model.answerTool(call.callId(), result.toFields());
        }
        ports.observer()
                .on(
                        new CallEvent.ToolFinished(
                                call.callId(), call.name(), end, Duration.between(since, now)),
                        now);
    }

    private Instant now() {
        return ports.time().now();
    }
}
