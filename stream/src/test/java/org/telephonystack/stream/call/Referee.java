package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Watches everything that passes between a call and the world, and calls foul where one of these is broken:
///
/// - never two responses under way that we asked for
/// - an item is never truncated at more than was sent of it
/// - every tool call is answered, exactly once
/// - nothing of an answer the caller interrupted is played afterwards, nor anything while the caller speaks
/// - a call ends exactly once, with everything it began
/// - a call is handed over in the middle of nobody's sentence, unless it never comes to rest
/// - nothing is sent after the end
final class Referee {

    private final HandTime time;
    private final Duration answerWithin;
    private final Duration toolDeadline;
    private final Duration handOverWithin;
    private final List<String> log = new ArrayList<>();

    private final Map<String, Long> sentBytes = new HashMap<>();
    private final Set<String> seenResponses = new HashSet<>();
    private final Set<String> silencedResponses = new HashSet<>();
    private final Map<String, List<String>> toolsOfResponse = new HashMap<>();
    private final Map<String, Instant> toolsDue = new HashMap<>();
    private final Set<String> toolsAsked = new HashSet<>();
    private final Set<String> toolsAnswered = new HashSet<>();
    private Optional<Foul> first = Optional.empty();
    private Optional<String> active = Optional.empty();
    private Optional<Instant> asked = Optional.empty();
    private boolean takesTurns;
    private boolean callerSpeaks;
    private boolean modelClosed;
    private boolean callerClosed;
    private boolean ended;
    private Optional<Instant> handOverDue = Optional.empty();
    private int openTurns;
    private Instant endedAt = Instant.MAX;

    Referee(HandTime time, CallSettings settings) {
        this.time = time;
        this.answerWithin = settings.answerWithin();
        this.toolDeadline = settings.toolDeadline();
        this.handOverWithin = settings.handOverWithin();
    }

    List<String> log() {
        return log;
    }

    // What the call is told.

    void told(ModelEvent event) {
        note("        ◀ model " + event);
        switch (event) {
            case ModelEvent.CallerSpeechStarted() -> {
                if (takesTurns) {
                    callerSpeaks = true;
                    silencedResponses.addAll(seenResponses);
                }
            }
            case ModelEvent.CallerSpeechStopped() -> callerSpeaks = false;
            case ModelEvent.ResponseCreated(String id) -> {
                asked = Optional.empty();
                active = Optional.of(id);
                seenResponses.add(id);
                if (callerSpeaks) {
                    silencedResponses.add(id);
                }
            }
            case ModelEvent.ResponseRefused() -> asked = Optional.empty();
            case ModelEvent.ToolRequested tool -> {
                toolsAsked.add(tool.callId());
                toolsOfResponse
                        .computeIfAbsent(tool.responseId(), _ -> new ArrayList<>())
                        .add(tool.callId());
            }
            case ModelEvent.ResponseDone done -> {
                active = active.filter(id -> !id.equals(done.responseId()));
                Instant due = time.now().plus(toolDeadline);
                List.copyOf(toolsOfResponse.getOrDefault(done.responseId(), List.of()))
                        .forEach(id -> toolsDue.put(id, due));
            }
            default -> {}
        }
    }

    void happened(String what) {
        note(what);
    }

    void handsOver() {
        note("        ◀ the process leaves");
        handOverDue = handOverDue.or(() -> Optional.of(time.now().plus(handOverWithin)));
    }

    // What the call does.

    void played(String responseId, String itemId, int bytes) {
        note("        ▶ caller audio " + responseId + " " + itemId + " " + bytes / 8 + "ms");
        mustBeOpen(callerClosed || modelClosed, "audio");
        if (silencedResponses.contains(responseId)) {
            throw called("interrupted answer is played", responseId);
        }
        if (callerSpeaks) {
            throw called("played while the caller speaks", responseId);
        }
        sentBytes.merge(itemId, (long) bytes, Long::sum);
    }

    void sentToCaller(String what) {
        note("        ▶ caller " + what);
        mustBeOpen(callerClosed || modelClosed, what);
    }

    void sentToModel(String what) {
        note("        ▶ model " + what);
        mustBeOpen(modelClosed, what);
    }

    void takesTurns() {
        sentToModel("takeTurns");
        takesTurns = true;
    }

    void askedToSpeak(VoiceModel.Purpose purpose) {
        sentToModel("respond " + purpose);
        if (active.isPresent()) {
            throw called("asked while an answer is under way", active.get());
        }
        // Asked again is right when the model kept silent for so long.
        asked.filter(at -> at.plus(answerWithin).isAfter(time.now()))
                .ifPresent(_ -> {
                    throw called("asked twice", purpose.name());
                });
        asked = Optional.of(time.now());
    }

    void truncated(String itemId, long heardMillis) {
        sentToModel("truncate " + itemId + " " + heardMillis);
        long sent = sentBytes.getOrDefault(itemId, 0L) / Base64Audio.BYTES_PER_MILLI;
        if (heardMillis < 0 || heardMillis > sent) {
            throw called("truncated at more than was sent", itemId + " " + sent + "ms");
        }
    }

    void answeredTool(String callId) {
        sentToModel("answerTool " + callId);
        if (!toolsAsked.contains(callId)) {
            throw called("answered a tool call nobody made", callId);
        }
        if (!toolsAnswered.add(callId)) {
            throw called("tool call answered twice", callId);
        }
    }

    void closedModel() {
        note("        ▶ model close");
        modelClosed = true;
        endedAt = time.now();
    }

    void closedCaller(EndReason reason) {
        note("        ▶ caller close " + reason);
        if (callerClosed) {
            throw called("caller's socket closed twice", reason.word());
        }
        callerClosed = true;
        if (reason == EndReason.HANDED_OVER
                && (callerSpeaks || active.isPresent())
                && endedAt.isBefore(handOverDue.orElseThrow())) {
            throw called("handed over in the middle of a sentence", time.now().toString());
        }
    }

    void observed(CallEvent event) {
        note("          " + event);
        if (ended) {
            throw called("something after the end", event.toString());
        }
        switch (event) {
            case CallEvent.Bug(Throwable cause) -> {
                checkNow();
                throw called("a defect", cause.toString());
            }
            case CallEvent.TurnBegan _ -> openTurns++;
            case CallEvent.TurnEnded _ -> openTurns--;
            case CallEvent.Ended _ -> ended = true;
            default -> {}
        }
    }

    /// After each step.
    void checkNow() {
        first.ifPresent(foul -> {
            throw foul;
        });
        if (modelClosed) {
            return;
        }
        toolsDue.forEach((id, due) -> {
            if (!toolsAnswered.contains(id) && time.now().isAfter(due)) {
                throw called("tool call never answered", id);
            }
        });
    }

    void checkAtTheEnd() {
        checkNow();
        if (!ended || !callerClosed || !modelClosed) {
            throw called("the call did not end", log.getLast());
        }
        if (openTurns != 0) {
            throw called("turns begun and not ended", String.valueOf(openTurns));
        }
        if (time.runningTimers() != 0) {
            throw called("a timer outlives the call", String.valueOf(time.runningTimers()));
        }
    }

    /// Remembered, because the call catches what is thrown at it.
    private Foul called(String rule, String detail) {
        Foul foul = first.orElseGet(() -> new Foul(rule, detail));
        first = Optional.of(foul);
        return foul;
    }

    private void mustBeOpen(boolean closed, String what) {
        if (closed) {
            throw called("sent after the end", what);
        }
    }

    private void note(String line) {
        log.add(line);
    }
}
