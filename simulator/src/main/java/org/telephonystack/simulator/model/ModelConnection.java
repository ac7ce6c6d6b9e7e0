package org.telephonystack.simulator.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What one client did on one connection, as the server saw it. Safe to read from any thread at any time.
public final class ModelConnection {

    /// Errors that two sides who act at the same time cannot avoid.
    private static final List<String> RACES =
            List.of("response_cancel_not_active", "conversation_already_has_active_response");

    private final Deque<ModelEvent> received = new ArrayDeque<>();
    private final Deque<ModelEvent> sent = new ArrayDeque<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> races = new CopyOnWriteArrayList<>();
    private final List<ModelTurn> turns = new CopyOnWriteArrayList<>();
    private final long openedNanos = System.nanoTime();
    private volatile @Nullable String caller;
    private volatile String instructions = "";
    private volatile boolean open = true;
    private volatile int audioBytes;
    private volatile @Nullable Short closeCode;

    ModelConnection() {}

    /// Every client event in its order.
    public List<ModelEvent> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    public List<ModelEvent> received(String type) {
        return received().stream().filter(event -> event.type().equals(type)).toList();
    }

    public List<ModelEvent> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    public List<ModelEvent> sent(String type) {
        return sent().stream().filter(event -> event.type().equals(type)).toList();
    }

    /// What a correct client never does: events the server refused, sound before the formats were agreed.
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /// Refusals that come of two sides acting at once; benign, if the client copes.
    public List<String> races() {
        return List.copyOf(races);
    }

    public List<ModelTurn> turns() {
        return List.copyOf(turns);
    }

    /// Known once the instructions name one of the scripted callers.
    public Optional<String> caller() {
        return Optional.ofNullable(caller);
    }

    public String instructions() {
        return instructions;
    }

    public int audioBytes() {
        return audioBytes;
    }

    public long openedNanos() {
        return openedNanos;
    }

    public boolean isOpen() {
        return open;
    }

    /// The client's close code; empty while open and when the connection just broke.
    public Optional<Short> closeCode() {
        return Optional.ofNullable(closeCode);
    }

    void onReceived(ModelEvent event) {
        synchronized (received) {
            received.add(event);
        }
    }

    void onSent(ModelEvent event) {
        synchronized (sent) {
            sent.add(event);
        }
    }

    void onRefused(Refusal refusal) {
        (RACES.contains(refusal.code()) ? races : violations)
                .add(refusal.code() + ": " + refusal.message());
    }

    void onViolation(String violation) {
        violations.add(violation);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the connection's event loop alone
    void onAudio(int bytes) {
        audioBytes += bytes;
    }

    void onSession(String newInstructions, Optional<String> newCaller) {
        instructions = newInstructions;
        caller = newCaller.orElse(null);
    }

    void onTurn(ModelTurn turn) {
        turns.removeIf(known -> known.responseId().equals(turn.responseId()));
        turns.add(turn);
    }

    Optional<ModelTurn> turn(String responseId) {
        return turns.stream().filter(turn -> turn.responseId().equals(responseId)).findFirst();
    }

    void onClosed(@Nullable Short code) {
        open = false;
        closeCode = code;
    }
}
