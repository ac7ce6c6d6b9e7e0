package org.telephonystack.stream.call;

import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The call's line to its model, whichever connection serves it.
///
/// While none does, the newest of the caller's sound is kept for the next one, and so are our notes; orders that concern
/// answers and items of a lost connection are dropped.
final class ModelLine implements ModelOrders {

    private static final int MAX_NOTES = 20;

    private final CallPorts ports;
    private final Duration keptAudio;
    private final ModelClock clock;
    private final List<String> notes = new ArrayList<>();
    private CallerAudioBuffer kept;
    private VoiceModel model;
    private boolean isUp;
    private boolean takesTurns;
    private int notesNotTaken;

    /// @param first is not ready yet
    ModelLine(CallPorts ports, Duration keptAudio, VoiceModel first) {
        this.ports = ports;
        this.keptAudio = keptAudio;
        this.clock = new ModelClock(ports.observer(), ports.time());
        this.kept = new CallerAudioBuffer(keptAudio);
        this.model = first;
    }

    boolean isUp() {
        return isUp;
    }

    /// Served by this connection from now on. What the caller said meanwhile follows with [#passKeptAudio()].
    void up(VoiceModel serving) {
        model = serving;
        isUp = true;
        if (takesTurns) {
            model.takeTurns();
        }
        notesNotTaken = 0;
        List<String> held = List.copyOf(notes);
        notes.clear();
        held.forEach(this::note);
    }

    void down() {
        isUp = false;
        clock.nothingIsDue();
    }

    /// The caller has stopped speaking: the model answers by itself.
    void callerStopped() {
        clock.answerIsDue();
    }

    /// The caller speaks, or an answer ended without a sound.
    void nothingIsDue() {
        clock.nothingIsDue();
    }

    /// The first sound of an answer is here.
    void speaks() {
        clock.speaks(model.endpoint());
    }

    void noteTaken() {
        notesNotTaken = Math.max(0, notesNotTaken - 1);
    }

    /// Whether a response that begins now knows all our notes.
    boolean hasTakenNotes() {
        return notesNotTaken == 0;
    }

    /// They are part of what the next connection is told anyway.
    void forgetNotes() {
        notes.clear();
    }

    /// Whether the break was longer than what is kept of it.
    boolean hasLostAudio() {
        return kept.droppedMillis() > 0;
    }

    void passKeptAudio() {
        kept.drainTo(this);
        if (kept.droppedMillis() > 0) {
            ports.observer()
                    .on(new CallEvent.CallerAudioDropped(kept.droppedMillis()), ports.time().now());
        }
        kept = new CallerAudioBuffer(keptAudio);
    }

    @Override
    public void takeTurns() {
        takesTurns = true;
        if (isUp) {
            model.takeTurns();
        }
    }

    @Override
    public void hear(String text, int from, int to) {
        if (isUp) {
            model.hear(text, from, to);
        } else {
            kept.keep(text, from, to);
        }
    }

    @Override
    public void note(String text) {
        if (isUp) {
            notesNotTaken++;
            model.note(text);
        } else if (notes.size() < MAX_NOTES) {
            notes.add(text);
        }
    }

    @Override
    public void answerTool(String callId, Map<String, Object> fields) {
        if (isUp) {
            model.answerTool(callId, fields);
        }
    }

    @Override
    public void respond(Purpose purpose) {
        if (isUp) {
            clock.answerIsDue();
            model.respond(purpose);
        }
    }

    @Override
    public void cancel(String responseId) {
        if (isUp) {
            model.cancel(responseId);
        }
    }

    @Override
    public void truncate(String itemId, long heardMillis) {
        if (isUp) {
            model.truncate(itemId, heardMillis);
        }
    }
}
