package org.telephonystack.stream.call;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.CallContextLookup.Earlier;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A whole call in which everything happens in the order of a history, with a [Referee] in the middle.
final class SimulatedCall {

    private static final int CALLER_FRAME_MILLIS = 20;

    private static final List<SimulatedModel.Mood> MOODS = List.of(SimulatedModel.Mood.values());

    private static final int WAITING_BEATS = 150;
    private static final int WAITING_BEAT_MILLIS = 100;
    private static final int REST_BEATS = 100;
    private static final int REST_BEAT_MILLIS = 300;

    private static final CallContext SO_FAR =
            new CallContext(
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(new ModelBrief.Spoken(ModelBrief.Speaker.CALLER, "Tuesday.")));

    private static final List<EndReason> EARLIER_ENDS =
            List.of(EndReason.ASSISTANT_ENDED, EndReason.TRANSFER);

    private static final ToolRequested UNDER_WAY =
            new ToolRequested("", "c0tool1", "create_ticket", Optional.of(Map.of()));

    private final HandTime time = new HandTime();
    private final Referee referee;
    private final CallSession session;
    private final CompletableFuture<Answer> lookup = new CompletableFuture<>();
    private final CompletableFuture<String> committed = new CompletableFuture<>();
    private final List<CompletableFuture<ToolResult>> tools = new ArrayList<>();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    /// Those that were not closed; the newest is last.
    private final List<SimulatedModel> models = new ArrayList<>();

    /// @param due when what is before it was played
    private record Mark(String name, Instant due) {}

    private final StreamTicket.Kind kind;
    private boolean isPlayedInTime;
    private Instant playedUntil = Instant.EPOCH;
    private long timestamp;
    private int callerTurns;

    private SimulatedCall(StreamTicket.Kind kind) {
        this.kind = kind;
        referee = new Referee(time, CallSettings.DEFAULTS);
        var start =
                new CallStart(
                        new CallSid("CA" + "0a".repeat(16)),
                        new StreamSid("MZ" + "0b".repeat(16)),
                        "+12025550123",
                        "+12025550100",
                        new StreamTicket(kind, 1, "0c".repeat(16), HandTime.START),
                        time.now());
        var ports =
                new CallPorts(
                        new Telephone(),
                        this::connect,
                        (_, context) ->
                                new ModelBrief(
                                        "",
                                        Tools.ALL,
                                        Optional.empty(),
                                        Optional.empty(),
                                        context.soFar()),
                        new Lookup(),
                        this::callTool,
                        new Journal(),
                        (event, _) -> referee.observed(event),
                        (_, _) -> Optional.of(TestCall.CLIP),
                        TestCall.TRUTH,
                        TestCall.EMERGENCIES,
                        time,
                        Runnable::run);
        session = new CallSession(start, ports, CallSettings.DEFAULTS);
    }

    /// What came of a history.
    ///
    /// @param log everything that passed, in order
    record Played(Optional<Foul> foul, List<String> log) {}

    static Played play(List<Step> history) {
        // The same for every selection of a history: its first step decides, and is always there.
        var call = new SimulatedCall(kind(history));
        try {
            call.session.begin();
            for (Step step : history) {
                call.referee.happened(step.kind() + " " + step.dice() % 1000);
                call.happen(step);
                call.referee.checkNow();
            }
            call.comesToAnEnd(history.isEmpty() ? 0 : history.getLast().dice());
            call.referee.checkAtTheEnd();
            return new Played(Optional.empty(), call.referee.log());
        } catch (Foul foul) {
            return new Played(Optional.of(foul), call.referee.log());
        }
    }

    private static StreamTicket.Kind kind(List<Step> history) {
        return !history.isEmpty() && history.getFirst().dice() % 7 == 1
                ? StreamTicket.Kind.RESUME
                : StreamTicket.Kind.NEW;
    }

    private void happen(Step step) {
        // Mostly the newest; what an older one still says finds nobody.
        SimulatedModel model =
                dice(step) % 5 == 0 ? models.get(dice(step) % models.size()) : models.getLast();
        int dice = step.dice();
        switch (step.kind()) {
            case LOOKUP_ANSWERS -> answerLookup(dice);
            case MODEL_IS_READY -> model.becomeReady();
            case MODEL_READS -> model.read();
            case MODEL_SPEAKS -> model.speak(dice);
            case MODEL_ENDS_ITEM -> model.endItem();
            case MODEL_WANTS_TOOL -> model.wantTool(dice);
            case MODEL_ENDS_RESPONSE -> model.endResponse(dice);
            case MODEL_IS_HEARD -> {
                for (int said = 0; said <= dice % 4; said++) {
                    model.isHeard();
                }
            }
            case MODEL_MISBEHAVES -> model.misbehave(dice);
            case MODEL_GOES -> model.go(dice);
            case CALLER_STARTS_OR_STOPS -> callerStartsOrStops(model);
            case CALLER_SENDS_SOUND -> callerSendsSound();
            case CALLER_PRESSES_KEY -> session.onDtmf("1");
            case TELEPHONE_RETURNS_MARK -> returnMark();
            case TELEPHONE_MISBEHAVES -> misbehave(dice);
            case TOOL_ANSWERS -> answerTool(dice);
            case PROCESS_LEAVES -> {
                // Seldom, or few calls would get far.
                if (dice % 6 == 0) {
                    handOver();
                }
            }
            case MOMENT_PASSES -> pass(dice % 400);
            case SECONDS_PASS -> pass(dice % 20_000);
        }
    }

    private static int dice(Step step) {
        return step.dice() / 7;
    }

    private void answerLookup(int dice) {
        switch (dice % 20) {
            case 0 -> lookup.complete(new Answer.Replayed());
            case 1 -> lookup.completeExceptionally(new IllegalStateException("no connection"));
            case 3, 4, 5 -> lookup.complete(new Answer.Found(SO_FAR));
            case 6, 7, 8 -> findEarlierEnd(EARLIER_ENDS.get(dice / 20 % EARLIER_ENDS.size()));
            case 9, 10, 11 -> findToolUnderWay();
            default -> lookup.complete(new Answer.Found(TestCall.JANE));
        }
    }

    private void findEarlierEnd(EndReason end) {
        if (kind == StreamTicket.Kind.RESUME && !lookup.isDone()) {
            referee.wasOver(end);
            lookup.complete(
                    new Answer.Found(
                            SO_FAR, new Earlier(Optional.of(end), Duration.ZERO, List.of())));
        }
    }

    private void findToolUnderWay() {
        if (kind == StreamTicket.Kind.RESUME) {
            lookup.complete(
                    new Answer.Found(
                            SO_FAR,
                            new Earlier(Optional.empty(), Duration.ZERO, List.of(UNDER_WAY))));
        }
    }

    private void callerStartsOrStops(SimulatedModel model) {
        if (model.hearsCaller()) {
            model.callerStops(++callerTurns);
        } else if (model.isReady()) {
            model.callerStarts();
        }
    }

    private void callerSendsSound() {
        String sound = TestCall.audio(CALLER_FRAME_MILLIS);
        session.onCallerAudio(sound, 0, sound.length(), timestamp);
    }

    private void handOver() {
        referee.handsOver();
        session.handOver();
    }

    private void returnMark() {
        if (!marks.isEmpty()) {
            session.onMark(marks.removeFirst().name());
        }
    }

    private void misbehave(int dice) {
        switch (dice % 20) {
            case 0 -> session.onCallerGone();
            case 1 -> session.onStop();
            case 2 -> committed.complete("");
            case 3, 4, 5, 6 -> marks.clear();
            case 7, 8, 9, 10 -> session.onMark("nonsense");
            default -> session.onMark("g" + (1 + dice % 3) + "-" + dice % 30);
        }
    }

    private void answerTool(int dice) {
        if (tools.isEmpty()) {
            return;
        }
        var tool = tools.remove(dice % tools.size());
        switch (dice % 8) {
            case 0 -> tool.completeExceptionally(new IllegalStateException("refused"));
            case 1 -> tool.complete(ToolResult.error("No.", Map.of()));
            case 2 -> tool.complete(ToolResult.success("Bye.", Map.of("then", "transfer")));
            default -> tool.complete(ToolResult.success("Yes.", Map.of()));
        }
    }

    private void pass(long millis) {
        time.passMillis(millis);
        timestamp += millis;
    }

    /// However it ends, what still arrives afterwards finds nobody.
    private void comesToAnEnd(int dice) {
        if (dice % 8 < 4) {
            comesToRest();
        }
        if (dice % 8 < 2) {
            callerWaits(dice / 8);
        }
        switch (dice % 4) {
            case 0 -> session.onStop();
            case 1 -> session.onCallerGone();
            case 2 -> handOver();
            default -> nobodyDoesAnything();
        }
        pass(Duration.ofMinutes(1).toMillis());
        for (SimulatedModel model : List.copyOf(models)) {
            while (model.hasUnheard()) {
                model.isHeard();
            }
        }
        while (!tools.isEmpty()) {
            answerTool(2);
        }
        while (!marks.isEmpty()) {
            returnMark();
        }
        callerSendsSound();
        session.onStop();
    }

    /// From now on everybody does what they should, and the caller has nothing more to say: what was owed is said.
    private void comesToRest() {
        referee.happened("everybody does what they should");
        for (int beat = 0; beat < REST_BEATS && !session.isOver(); beat++) {
            SimulatedModel model = models.getLast();
            if (model.hearsCaller()) {
                model.callerStops(++callerTurns);
            }
            model.doWhatIsDue();
            List.copyOf(models).forEach(SimulatedModel::isHeardOut);
            while (!tools.isEmpty()) {
                answerTool(3);
            }
            callerSendsSound();
            while (!marks.isEmpty()) {
                returnMark();
            }
            referee.checkNow();
            pass(REST_BEAT_MILLIS);
        }
    }

    /// The telephone plays what it gets, the caller says something and waits; the model fails in one of the ways models do,
    /// and so does perhaps the next. Tools take two seconds.
    private void callerWaits(int dice) {
        if (session.isOver() || !models.getLast().isReady()) {
            return;
        }
        SimulatedModel.Mood mood = MOODS.get(dice % MOODS.size());
        int moody = models.size() + dice / 4 % 2;
        boolean wantsTool = dice / 8 % 2 == 0;
        referee.happened("the caller waits, the model is " + mood);
        referee.listens();
        isPlayedInTime = true;
        SimulatedModel asked = models.getLast();
        asked.callerStarts();
        asked.isHeardOut();
        passInTime(5);
        asked.becomes(wantsTool ? SimulatedModel.Mood.GOOD : mood);
        asked.callerStops(++callerTurns);
        if (wantsTool) {
            asked.wantTool(1);
            asked.endResponse(3);
            asked.isHeardOut();
            passInTime(20);
            asked.becomes(mood);
        }
        for (int beat = 0; beat < WAITING_BEATS && !session.isOver(); beat++) {
            SimulatedModel model = models.getLast();
            model.becomes(models.size() <= moody ? mood : SimulatedModel.Mood.GOOD);
            model.doWhatIsDue();
            while (!tools.isEmpty()) {
                answerTool(3);
            }
            passInTime(1);
        }
    }

    private void passInTime(int beats) {
        for (int beat = 0; beat < beats && !session.isOver(); beat++) {
            List.copyOf(models).forEach(SimulatedModel::isHeardOut);
            callerSendsSound();
            while (!marks.isEmpty() && !marks.getFirst().due().isAfter(time.now())) {
                returnMark();
            }
            referee.checkNow();
            pass(WAITING_BEAT_MILLIS);
        }
    }

    private void nobodyDoesAnything() {
        pass(Duration.ofHours(1).toMillis());
        if (!session.isOver()) {
            throw new Foul("a call without an end", referee.log().getLast());
        }
    }

    private VoiceModel connect(VoiceModelEvents events, int failures, Optional<String> after) {
        var model = new SimulatedModel(referee, events, models.size() + 1);
        models.add(model);
        referee.connected(models.size());
        return model;
    }

    private CompletionStage<ToolResult> callTool(ToolCall call) {
        referee.carriedOut(call.toolCallId().orElseThrow());
        var answer = new CompletableFuture<ToolResult>();
        tools.add(answer);
        return answer;
    }

    private final class Telephone implements CallerLeg {

        @Override
        public void audio(String text, int from, int to) {
            int bytes = Base64Audio.bytes(text, from, to);
            Instant begins = playedUntil.isAfter(time.now()) ? playedUntil : time.now();
            playedUntil = begins.plusMillis(bytes / Base64Audio.BYTES_PER_MILLI);
            models.stream()
                    .flatMap(model -> model.playing().stream())
                    .map(playing -> playing.split(" ", 2))
                    .findFirst()
                    .ifPresentOrElse(
                            playing -> referee.played(playing[0], playing[1], bytes),
                            () -> referee.playedClip(bytes));
        }

        @Override
        public void mark(String name) {
            referee.sentToCaller("mark " + name);
            marks.add(new Mark(name, isPlayedInTime ? playedUntil : time.now()));
        }

        @Override
        public void clear() {
            referee.sentToCaller("clear");
            playedUntil = time.now();
            var pending = marks.stream().map(mark -> new Mark(mark.name(), time.now())).toList();
            marks.clear();
            marks.addAll(pending);
        }

        @Override
        public void close(EndReason reason) {
            referee.closedCaller(reason);
        }
    }

    private final class Lookup implements CallContextLookup {

        @Override
        public CompletionStage<Answer> lookup(CallStart start) {
            return lookup;
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
        public void turn(Turn turn) {}

        @Override
        public CompletionStage<?> ended(EndReason reason) {
            referee.committed(reason);
            return committed;
        }
    }
}
