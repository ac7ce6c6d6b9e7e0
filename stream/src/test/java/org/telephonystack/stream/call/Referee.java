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
/// - an item is never truncated at more than was sent of it, nor twice
/// - every tool call is answered, exactly once, and carried out once at most
/// - nothing of an answer the caller interrupted is played afterwards, nor anything while the caller speaks
/// - a call ends exactly once, with everything it began
/// - a call is handed over in the middle of nobody's sentence, unless it never comes to rest
/// - a caller who is owed something hears something of us within a second and a half, where the telephone plays what it gets
/// - nothing is sent after the end, nor to a connection that is gone
/// - an answer, a tool or an item of one connection is never spoken of to another
/// - what was heard is told to the next connection
/// - what the assistant has to say, in an emergency or in place of something untrue, is said before the call comes to rest
/// - a call that was over before it was connected again says nothing more, and ends for the reason it had
final class Referee {

    /// After a second and a half a recorded sentence fills it; a beat of the simulation is as long as the rest.
    private static final Duration LONGEST_SILENCE = Duration.ofMillis(1_800);

    /// The recorded sentence comes again after four.
    private static final Duration LONGEST_AFTER_CLIP = Duration.ofMillis(4_300);

    private final HandTime time;
    private final Duration answerWithin;
    private final Duration toolDeadline;
    private final Duration handOverWithin;
    private final List<String> log = new ArrayList<>();

    private final Map<String, Long> sentBytes = new HashMap<>();
    private final Set<String> truncated = new HashSet<>();
    private final Set<String> seenResponses = new HashSet<>();
    private final Set<String> silencedResponses = new HashSet<>();
    private final Map<String, List<String>> toolsOfResponse = new HashMap<>();
    private final Map<String, Instant> toolsDue = new HashMap<>();
    private final Set<String> toolsAsked = new HashSet<>();
    private final Set<String> toolsCarriedOut = new HashSet<>();
    private final Set<String> toolsAnswered = new HashSet<>();
    private final Set<String> owedLines = new HashSet<>();
    private final Map<String, Set<String>> notesOfResponse = new HashMap<>();
    private boolean listens;
    private Optional<Instant> owedSince = Optional.empty();
    private Instant silentSince = Instant.EPOCH;
    private boolean heardClip;
    private Optional<Foul> first = Optional.empty();
    private Optional<String> active = Optional.empty();
    private Optional<Instant> asked = Optional.empty();
    private boolean takesTurns;
    private boolean callerSpeaks;
    private final Set<Integer> connections = new HashSet<>();
    private final Set<Integer> gone = new HashSet<>();
    private int serving = 1;
    private int lastClosed;
    private boolean ending;
    private boolean callerClosed;
    private Optional<EndReason> earlierEnd = Optional.empty();
    private boolean ended;
    private Optional<Instant> handOverDue = Optional.empty();
    private int openTurns;
    private Instant endedAt = Instant.MAX;
    private boolean callerSpeaksAtEnd;
    private Optional<String> activeAtEnd = Optional.empty();
    private boolean wasQuiet = true;

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

    void told(int connection, ModelEvent event) {
        note("        ◀ model " + connection + " " + event);
        if (connection != serving && !(event instanceof ModelEvent.Lost)) {
            // One that stands ready beside another has no say yet.
            return;
        }
        switch (event) {
            case ModelEvent.Lost _ -> goes(connection);
            case ModelEvent.CallerSpeechStarted() -> {
                owedSince = Optional.empty();
                if (takesTurns) {
                    callerSpeaks = true;
                    silencedResponses.addAll(seenResponses);
                }
            }
            case ModelEvent.CallerSpeechStopped() -> {
                callerSpeaks = false;
                isOwed();
            }
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
                if (done.status() == ModelEvent.Status.COMPLETED) {
                    owedSince = Optional.empty();
                    owedLines.removeAll(notesOfResponse.getOrDefault(done.responseId(), Set.of()));
                }
                active = active.filter(id -> !id.equals(done.responseId()));
                Instant due = time.now().plus(toolDeadline);
                List.copyOf(toolsOfResponse.getOrDefault(done.responseId(), List.of()))
                        .forEach(id -> toolsDue.put(id, due));
            }
            default -> {}
        }
    }

    /// A model begins an answer, and knows this.
    void begins(String responseId, Set<String> notes) {
        notesOfResponse.put(responseId, Set.copyOf(notes));
    }

    /// A model that does not do what it is told cannot say what it should.
    void ordersWereLost() {
        owedLines.clear();
    }

    /// From now on the caller hears what is played, as long as it lasts.
    void listens() {
        listens = true;
        owedSince = Optional.empty();
        silentSince = time.now();
    }

    private void isOwed() {
        if (owedSince.isEmpty()) {
            owedSince = Optional.of(time.now());
            heardClip = false;
        }
    }

    private void sounds(int bytes, boolean isClip) {
        heardClip = isClip;
        Instant from = silentSince.isAfter(time.now()) ? silentSince : time.now();
        silentSince = from.plusMillis(bytes / Base64Audio.BYTES_PER_MILLI);
    }

    void happened(String what) {
        note(what);
    }

    void handsOver() {
        note("        ◀ the process leaves");
        handOverDue = handOverDue.or(() -> Optional.of(time.now().plus(handOverWithin)));
    }

    /// The lookup is about to say so.
    void wasOver(EndReason reason) {
        note("        ◀ the call was over: " + reason);
        if (!ending) {
            earlierEnd = Optional.of(reason);
        }
    }

    // What the call does.

    void played(String responseId, String itemId, int bytes) {
        note("        ▶ caller audio " + responseId + " " + itemId + " " + bytes / 8 + "ms");
        mustBeOpen(callerClosed || ending, "audio");
        mustNotBeOver("audio");
        if (silencedResponses.contains(responseId)) {
            throw called("interrupted answer is played", responseId);
        }
        if (callerSpeaks) {
            throw called("played while the caller speaks", responseId);
        }
        sentBytes.merge(itemId, (long) bytes, Long::sum);
        sounds(bytes, false);
    }

    void playedClip(int bytes) {
        note("        ▶ caller clip " + bytes / 8 + "ms");
        sounds(bytes, true);
        mustBeOpen(callerClosed || ending, "clip");
        if (callerSpeaks) {
            throw called("played while the caller speaks", "clip");
        }
    }

    void sentToCaller(String what) {
        note("        ▶ caller " + what);
        mustBeOpen(callerClosed || ending, what);
    }

    void connected(int connection) {
        note("        ▶ connect " + connection);
        mustBeOpen(ending, "connect");
        connections.add(connection);
    }

    void configured(int connection, ModelBrief brief) {
        note("        ▶ model " + connection + " configure " + brief.soFar());
        mustNotBeOver("configure");
        mustBeOpen(gone.contains(connection), "configure");
    }

    void sentToModel(int connection, String what) {
        note("        ▶ model " + connection + " " + what);
        if (gone.contains(connection)) {
            throw called("sent to a connection that is gone", what);
        }
        serving = connection;
    }

    void noted(int connection, String text) {
        sentToModel(connection, "note " + text);
        if (text.contains("emergency") || text.startsWith("You told the caller")) {
            owedLines.add(text);
        }
    }

    void takesTurns(int connection) {
        sentToModel(connection, "takeTurns");
        takesTurns = true;
    }

    void askedToSpeak(int connection, VoiceModel.Purpose purpose) {
        sentToModel(connection, "respond " + purpose);
        if (active.isPresent()) {
            throw called("asked while an answer is under way", active.get());
        }
        // Asked again is right when the model kept silent for so long.
        asked.filter(at -> at.plus(answerWithin).isAfter(time.now()))
                .ifPresent(_ -> {
                    throw called("asked twice", purpose.name());
                });
        asked = Optional.of(time.now());
        isOwed();
    }

    void truncated(int connection, String itemId, long heardMillis) {
        sentToModel(connection, "truncate " + itemId + " " + heardMillis);
        mustBeOf(connection, itemId);
        long sent = sentBytes.getOrDefault(itemId, 0L) / Base64Audio.BYTES_PER_MILLI;
        if (heardMillis < 0 || heardMillis > sent) {
            throw called("truncated at more than was sent", itemId + " " + sent + "ms");
        }
        if (!truncated.add(itemId)) {
            throw called("truncated twice", itemId);
        }
    }

    void carriedOut(String callId) {
        note("        ▶ tool " + callId);
        mustBeOpen(ending, "tool");
        if (!toolsCarriedOut.add(callId)) {
            throw called("tool carried out twice", callId);
        }
    }

    void answeredTool(int connection, String callId) {
        sentToModel(connection, "answerTool " + callId);
        mustBeOf(connection, callId);
        if (!toolsAsked.contains(callId)) {
            throw called("answered a tool call nobody made", callId);
        }
        if (!toolsAnswered.add(callId)) {
            throw called("tool call answered twice", callId);
        }
    }

    void closedModel(int connection) {
        note("        ▶ model " + connection + " close");
        lastClosed = connection;
        goes(connection);
    }

    void committed(EndReason reason) {
        note("        ▶ ends " + reason);
        if (earlierEnd.filter(earlier -> earlier != reason).isPresent()) {
            throw called("a planned end became another", reason.word());
        }
        ending = true;
        endedAt = time.now();
        // Where the model had gone before, nobody could finish the sentence.
        wasQuiet = lastClosed != serving || (!callerSpeaksAtEnd && activeAtEnd.isEmpty());
    }

    /// With everything that was under way on it. What its tools answer is told to the next one in words.
    private void goes(int connection) {
        gone.add(connection);
        if (connection == serving) {
            callerSpeaksAtEnd = callerSpeaks;
            activeAtEnd = active;
            callerSpeaks = false;
            active = Optional.empty();
            asked = Optional.empty();
            toolsDue.keySet().removeIf(id -> id.startsWith("c" + connection + "t"));
        }
    }

    private void mustBeOf(int connection, String id) {
        if (!id.startsWith("c" + connection)) {
            throw called("spoken of to another connection", id);
        }
    }

    void closedCaller(EndReason reason) {
        note("        ▶ caller close " + reason);
        if (callerClosed) {
            throw called("caller's socket closed twice", reason.word());
        }
        callerClosed = true;
        if (reason == EndReason.HANDED_OVER
                && !wasQuiet
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
            case CallEvent.CallerSilent _ -> mustOweNothing();
            case CallEvent.TurnBegan _ -> openTurns++;
            case CallEvent.TurnEnded _ -> openTurns--;
            case CallEvent.Ended over -> {
                ended = true;
                // Who speaks through the longest call hears nothing, nor is anything said in a call
                // that was over before.
                if (over.reason() == EndReason.ASSISTANT_ENDED
                        && !callerSpeaksAtEnd
                        && earlierEnd.isEmpty()) {
                    mustOweNothing();
                }
            }
            default -> {}
        }
    }

    private void mustOweNothing() {
        if (!owedLines.isEmpty()) {
            throw called("a line that is owed is never said", owedLines.toString());
        }
    }

    /// After each step.
    void checkNow() {
        first.ifPresent(foul -> {
            throw foul;
        });
        if (ending) {
            return;
        }
        if (listens) {
            Duration longest = heardClip ? LONGEST_AFTER_CLIP : LONGEST_SILENCE;
            owedSince
                    .map(since -> since.isAfter(silentSince) ? since : silentSince)
                    .filter(since -> since.plus(longest).isBefore(time.now()))
                    .ifPresent(since -> {
                        throw called("silence", "since " + since);
                    });
        }
        toolsDue.forEach((id, due) -> {
            if (!toolsAnswered.contains(id) && time.now().isAfter(due)) {
                throw called("tool call never answered", id);
            }
        });
    }

    void checkAtTheEnd() {
        checkNow();
        if (!ended || !callerClosed || !gone.containsAll(connections)) {
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

    private void mustNotBeOver(String what) {
        if (earlierEnd.isPresent()) {
            throw called("a call that was over goes on", what);
        }
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
