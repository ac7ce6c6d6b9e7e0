package org.telephonystack.stream.call;

import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Decides what of the model's wishes is carried out, response by response; [RunningTools] carries it out.
///
/// A call is carried out when its response has completed. Those of a response that the caller interrupted are answered with
/// "not carried out": the model has heard nothing of the caller's agreement yet, and may ask again.
final class ToolRounds {

    private final int longestChain;
    private final RunningTools tools;
    private final Consumer<Purpose> wantAnswer;
    private final Map<String, List<ToolRequested>> collected = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final RunawayBreaker breaker = new RunawayBreaker();
    private int chain;

    /// @param longestChain rounds without the caller saying anything
    ToolRounds(int longestChain, RunningTools tools, Consumer<Purpose> wantAnswer) {
        this.longestChain = longestChain;
        this.tools = tools;
        this.wantAnswer = wantAnswer;
    }

    void onRequested(ToolRequested call) {
        // One id is carried out once, however often a server tells us of it.
        if (seen.add(call.callId())) {
            collected.computeIfAbsent(call.responseId(), _ -> new ArrayList<>()).add(call);
        }
    }

    /// Calls of a stream that was lost: they are carried out already.
    void takeUp(List<ToolRequested> calls) {
        calls.forEach(call -> seen.add(call.callId()));
    }

    /// The caller has said something: a new chain of rounds may begin.
    void callerSpoke() {
        chain = 0;
        breaker.callerSpoke();
    }

    /// The model is gone: what it had not asked to the end is forgotten, and the next one may give the same ids anew.
    void connectionLost() {
        collected.clear();
        seen.removeIf(callId -> !tools.isRunning(callId));
    }

    boolean isIdle() {
        return collected.isEmpty();
    }

    /// @return what is to be carried out of it; the rest is answered
    List<ToolRequested> onResponseDone(String responseId, Status status) {
        List<ToolRequested> calls = collected.remove(responseId);
        if (calls == null) {
            return List.of();
        }
        if (status != Status.COMPLETED) {
            skip(calls, ToolScripts.INTERRUPTED);
            return List.of();
        }
        if (++chain > longestChain) {
            skip(calls, ToolScripts.TOO_MANY);
            wantAnswer.accept(Purpose.WORDS_ONLY);
            return List.of();
        }
        return withoutRunaways(calls);
    }

    private List<ToolRequested> withoutRunaways(List<ToolRequested> calls) {
        List<ToolRequested> sensible = new ArrayList<>();
        for (ToolRequested call : calls) {
            if (breaker.isOneTooMany(call)) {
                tools.skip(call, ToolScripts.SAME_AGAIN);
            } else {
                sensible.add(call);
            }
        }
        if (sensible.isEmpty()) {
            wantAnswer.accept(Purpose.WORDS_ONLY);
        }
        return sensible;
    }

    private void skip(List<ToolRequested> calls, ToolResult instead) {
        calls.forEach(call -> tools.skip(call, instead));
    }
}
