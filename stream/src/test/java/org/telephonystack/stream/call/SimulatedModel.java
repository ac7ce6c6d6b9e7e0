package org.telephonystack.stream.call;

import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.ModelEvent.Usage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A voice model far away: what it is told arrives later, what it says is heard later, each in order. It keeps the protocol
/// of the Realtime API, one answer at a time, unless it is told to misbehave.
final class SimulatedModel implements VoiceModel {

    /// What is on its way to the call.
    private sealed interface Said {
        record Event(ModelEvent event) implements Said {}

        record Audio(String responseId, String itemId, String payload) implements Said {}
    }

    /// How it fails while somebody waits for it.
    enum Mood {
        GOOD,
        /// Its connection stands, and nothing comes.
        DUMB,
        /// It begins an answer and never goes on.
        BEGINS,
        /// It breaks off in the middle.
        BREAKS_OFF
    }

    private final Referee referee;
    private final int number;
    private final VoiceModelEvents call;
    private final ArrayDeque<Runnable> unread = new ArrayDeque<>();

    /// What it has been told and has read.
    private final Set<String> notes = new HashSet<>();

    private final ArrayDeque<Said> unheard = new ArrayDeque<>();
    private Optional<String> playing = Optional.empty();
    private Optional<String> active = Optional.empty();
    private boolean configured;
    private boolean ready;
    private boolean takesTurns;
    private boolean callerSpeaks;
    private boolean gone;
    private boolean isMute;
    private Mood mood = Mood.GOOD;
    private int responses;
    private int items;
    private int tools;

    /// @param number which connection of the call this is
    SimulatedModel(Referee referee, VoiceModelEvents call, int number) {
        this.referee = referee;
        this.number = number;
        this.call = call;
    }

    // What the call orders.

    @Override
    public void configure(ModelBrief brief) {
        referee.configured(number, brief);
        unread.add(() -> configured = true);
    }

    @Override
    public void takeTurns() {
        referee.takesTurns(number);
        unread.add(() -> takesTurns = true);
    }

    @Override
    public void hear(String text, int from, int to) {
        referee.sentToModel(number, "hear");
    }

    @Override
    public void note(String text) {
        referee.noted(number, text);
        unread.add(() -> {
            notes.add(text);
            say(new ModelEvent.NoteTaken());
        });
    }

    @Override
    public void answerTool(String callId, Map<String, Object> fields) {
        referee.answeredTool(number, callId);
        unread.add(() -> say(new ModelEvent.ToolAnswerTaken(callId)));
    }

    @Override
    public void respond(Purpose purpose) {
        referee.askedToSpeak(number, purpose);
        unread.add(this::create);
    }

    @Override
    public void cancel(String responseId) {
        referee.sentToModel(number, "cancel " + responseId);
        unread.add(() -> {
            if (active.filter(responseId::equals).isPresent()) {
                end(Status.CANCELLED);
            } else {
                say(new ModelEvent.Complaint(Trouble.BENIGN, "response_cancel_not_active"));
            }
        });
    }

    @Override
    public void truncate(String itemId, long heardMillis) {
        referee.truncated(number, itemId, heardMillis);
    }

    @Override
    public String endpoint() {
        return "simulated";
    }

    @Override
    public Duration longestSession() {
        return Duration.ofSeconds(40);
    }

    @Override
    public void close() {
        referee.closedModel(number);
        gone = true;
    }

    // What happens to it.

    void becomeReady() {
        if (configured && !ready) {
            ready = true;
            say(new ModelEvent.Ready());
        }
    }

    /// Takes note of the oldest order.
    void read() {
        // Before it is ready, orders but the brief wait.
        if (!unread.isEmpty() && (ready || !configured)) {
            unread.removeFirst().run();
        }
    }

    void speak(int dice) {
        active.ifPresent(response -> {
            if (items == 0 || dice % 5 == 0) {
                items++;
            }
            String item = response + "-item" + items;
            String words = dice % 15 == 0 ? "You are booked for Tuesday at three. " : "some words ";
            say(new ModelEvent.AssistantWords(response, item, words));
            if (!isMute) {
                unheard.add(new Said.Audio(response, item, TestCall.audio(20 + dice % 600)));
            }
        });
    }

    void endItem() {
        active.filter(_ -> items > 0)
                .ifPresent(response ->
                        say(
                                new ModelEvent.AssistantItemDone(
                                        response, response + "-item" + items)));
    }

    void wantTool(int dice) {
        active.ifPresent(response -> {
            String name = dice % 4 == 0 ? "end_call" : "check_schedule";
            Optional<Map<String, Object>> params =
                    dice % 7 == 0 ? Optional.empty() : Optional.of(Map.of("time", "x" + dice % 2));
            say(
                    new ModelEvent.ToolRequested(
                            response, "c" + number + "tool" + ++tools, name, params));
        });
    }

    void endResponse(int dice) {
        switch (dice % 16) {
            case 2 -> end(Status.TEXT_ONLY);
            case 0 -> end(Status.FAILED);
            case 1 -> end(Status.INCOMPLETE);
            default -> end(Status.COMPLETED);
        }
    }

    void callerStarts() {
        callerSpeaks = true;
        say(new ModelEvent.CallerSpeechStarted());
        if (takesTurns) {
            end(Status.CANCELLED);
        }
    }

    void callerStops(int turn) {
        callerSpeaks = false;
        say(new ModelEvent.CallerSpeechStopped());
        say(new ModelEvent.CallerItem("caller" + turn));
        say(
                new ModelEvent.CallerTranscript(
                        "caller" + turn,
                        turn % 5 == 0 ? "I need an ambulance." : "words",
                        new ModelEvent.Transcribed(4, 13, 9, 0)));
        if (takesTurns && active.isEmpty()) {
            create();
        }
    }

    boolean hearsCaller() {
        return callerSpeaks;
    }

    boolean isReady() {
        return ready;
    }

    void misbehave(int dice) {
        switch (dice % 8) {
            case 0 -> say(new ModelEvent.ResponseRefused());
            case 1 -> say(new ModelEvent.Complaint(Trouble.PASSING, "server_error"));
            case 2 -> {
                unread.clear();
                referee.ordersWereLost();
            }
            case 3 -> say(new ModelEvent.CallerTranscript("nobody", "late words"));
            case 4 -> say(new ModelEvent.ResponseDone("nobody", Status.COMPLETED, Usage.NONE));
            case 5 -> say(new ModelEvent.CallerAudioDropped(20));
            case 6 -> {
                // Before it could hear anybody, and again though they speak; the end comes sooner
                // or later.
                callerSpeaks = true;
                say(new ModelEvent.CallerSpeechStarted());
            }
            default -> {}
        }
    }

    /// Its connection breaks, or is refused; or it stays and nothing comes through it any more.
    void go(int dice) {
        switch (dice % 6) {
            case 0 -> say(new ModelEvent.Lost(Trouble.LASTING, "http_401"));
            case 1, 2, 3 -> {
                // What was on its way is lost with it.
                unheard.clear();
                say(new ModelEvent.Lost(Trouble.PASSING, "close_1006"));
            }
            case 4 -> say(new ModelEvent.Complaint(Trouble.LASTING, "insufficient_quota"));
            default -> isMute = true;
        }
    }

    /// The oldest of what it said reaches the call, unless the call has closed the connection.
    void isHeard() {
        if (unheard.isEmpty()) {
            return;
        }
        Said said = unheard.removeFirst();
        if (gone) {
            return; // Its connection is closed.
        }
        switch (said) {
            case Said.Event(ModelEvent event) -> {
                referee.told(number, event);
                gone |= event instanceof ModelEvent.Lost;
                call.on(event);
            }
            case Said.Audio(String response, String item, String payload) -> {
                referee.happened("        ◀ audio " + response + " " + item);
                playing = Optional.of(response + " " + item);
                call.onAudio(response, item, payload, 0, payload.length());
                playing = Optional.empty();
            }
        }
    }

    void isHeardOut() {
        while (hasUnheard()) {
            isHeard();
        }
    }

    /// Takes note of its orders, and says one sentence where it is to say something.
    void doWhatIsDue() {
        becomeReady();
        while (!unread.isEmpty() && (ready || !configured)) {
            unread.removeFirst().run();
            becomeReady();
        }
        if (mood == Mood.GOOD || (mood == Mood.BREAKS_OFF && items == 0)) {
            speak(1);
        }
        if (mood == Mood.GOOD) {
            endItem();
            end(Status.COMPLETED);
        }
    }

    void becomes(Mood mood) {
        this.mood = mood;
    }

    boolean hasUnheard() {
        return !unheard.isEmpty();
    }

    /// Response and item of the sound that reaches the call right now.
    Optional<String> playing() {
        return playing;
    }

    private void create() {
        if (mood == Mood.DUMB) {
            return;
        }
        if (active.isPresent()) {
            say(new ModelEvent.ResponseRefused());
            return;
        }
        active = Optional.of("c" + number + "r" + ++responses);
        items = 0;
        referee.begins(active.get(), notes);
        say(new ModelEvent.ResponseCreated(active.get()));
    }

    private void end(Status status) {
        active.ifPresent(response -> {
            active = Optional.empty();
            say(new ModelEvent.ResponseDone(response, status, Usage.NONE));
        });
    }

    private void say(ModelEvent event) {
        if (isMute) {
            return;
        }
        unheard.add(new Said.Event(event));
    }
}
