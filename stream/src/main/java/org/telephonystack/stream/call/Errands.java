package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.call.ModelEvent.ResponseDone;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// What the assistant wants done: tools are run, the wish to hang up becomes a goodbye that is heard first, and the caller
/// is told when something takes its time.
final class Errands {

    private final CallPorts ports;
    private final ModelOrders model;
    private final AssistantVoice voice;
    private final ResponseSlot slot;
    private final Farewell farewell;
    private final RunningTools tools;
    private final ToolRounds rounds;
    private boolean callerSpeaks;
    private int callerTurns;

    Errands(
            CallStart start,
            CallPorts ports,
            CallSettings settings,
            CallTimers timers,
            ModelOrders model,
            AssistantVoice voice,
            ResponseSlot slot,
            Farewell farewell,
            BiConsumer<ToolRequested, ToolResult> onResult) {
        this.ports = ports;
        this.model = model;
        this.voice = voice;
        this.slot = slot;
        this.farewell = farewell;
        this.tools =
                new RunningTools(
                        start.callSid(),
                        ports,
                        settings,
                        timers,
                        model,
                        slot::want,
                        this::hold,
                        (call, result) -> {
                            onResult.accept(call, result);
                            ToolScripts.then(result).ifPresent(farewell::afterNextAnswer);
                        });
        this.rounds = new ToolRounds(settings.toolChain(), tools, slot::want);
    }

    void onRequested(ToolRequested call) {
        rounds.onRequested(call);
    }

    void onAnswerTaken(String callId) {
        tools.onAnswerTaken(callId);
    }

    void tellNextModel() {
        tools.orphans().forEach(this::tellUnderWay);
    }

    /// The model must not ask a second time for what is being carried out.
    void tellUnderWay(ToolRequested call) {
        model.note(
                "You called "
                        + call.name()
                        + ", and our system is still at it: its answer follows. Do not call it again for this.");
    }

    /// What a lost stream had under way is sent again, under the ids it had: who carries it out does so once.
    void takeUp(List<ToolRequested> underWay) {
        rounds.takeUp(underWay);
        tools.takeUp(underWay);
    }

    void connectionLost() {
        callerSpeaks = false;
        rounds.connectionLost();
        tools.connectionLost();
    }

    void callerStarted() {
        callerSpeaks = true;
        callerTurns++;
    }

    /// @param isTurn whether what the caller said is to be answered
    void callerStopped(boolean isTurn) {
        callerSpeaks = false;
        if (isTurn) {
            rounds.callerSpoke();
        }
    }

    /// @return what is to be carried out of it; see [#carryOut]
    List<ToolRequested> onResponseDone(ResponseDone done) {
        return rounds.onResponseDone(done.responseId(), done.status());
    }

    boolean isIdle() {
        return tools.isIdle() && rounds.isIdle();
    }

    /// Whether a response that begins now knows all results there are.
    boolean isModelUpToDate() {
        return tools.isModelUpToDate();
    }

    /// @param answerHadAudio whether the caller hears something with these wishes
    void carryOut(List<ToolRequested> calls, boolean answerHadAudio) {
        Optional<ToolRequested> goodbye =
                calls.stream()
                        .filter(call -> call.name().equals(Tools.END_CALL.name()))
                        .findFirst();
        if (goodbye.isPresent() && calls.size() == 1 && (answerHadAudio || voice.isPlaying())) {
            tools.answer(goodbye.get(), ToolScripts.LINE_STAYS_OPEN);
            farewell.whenHeard(EndReason.ASSISTANT_ENDED);
        } else if (goodbye.isPresent() && calls.size() == 1) {
            // It wants to hang up without a word: action's script is the goodbye.
            farewell.afterNextAnswer(EndReason.ASSISTANT_ENDED);
            tools.run(calls, Purpose.WORDS_ONLY);
        } else if (goodbye.isPresent()) {
            int asked = callerTurns;
            tools.run(
                    calls,
                    Purpose.ANSWER,
                    allSucceeded -> endAfter(allSucceeded, callerTurns == asked));
        } else {
            tools.run(calls, Purpose.ANSWER);
        }
    }

    /// It meant to hang up when all was done: that was said before it was known how that goes.
    private void endAfter(boolean allSucceeded, boolean callerWasSilent) {
        if (!allSucceeded) {
            model.note(
                    "The line stays open: not everything you wanted done before your goodbye was done. Tell the caller what "
                            + "was not.");
        } else if (callerWasSilent) {
            farewell.afterNextAnswer(EndReason.ASSISTANT_ENDED);
        }
    }

    /// @return false where this is not the moment
    private boolean hold() {
        if (!slot.isQuiet() || callerSpeaks || voice.isPlaying()) {
            return false;
        }
        ports.observer().on(new CallEvent.HoldingLine(), ports.time().now());
        model.note(
                "Our system is still working on it. Tell the caller in one short sentence that you are still checking, "
                        + "and claim no result.");
        slot.want(Purpose.WORDS_ONLY);
        return true;
    }
}
