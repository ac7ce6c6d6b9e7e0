package org.telephonystack.stream.admission;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// How many calls this process carries and whether it takes more. Safe for all event loops.
///
/// A handshake *asks* and an open socket *enters*: a handshake that dies in between takes no place away.
public final class CallAdmission {

    private final int limit;
    private final AtomicInteger active = new AtomicInteger();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private volatile boolean draining;

    /// @param limit calls at the same time
    public CallAdmission(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit + " calls lets nobody in");
        }
        this.limit = limit;
    }

    /// What stands against one more call, if anything does.
    public Optional<Refusal> refusal() {
        if (draining) {
            return Optional.of(Refusal.DRAINING);
        }
        return active.get() >= limit ? Optional.of(Refusal.FULL) : Optional.empty();
    }

    /// Takes a place, to be given back with [#leave()]; empty when that worked.
    public Optional<Refusal> enter() {
        if (draining) {
            return Optional.of(Refusal.DRAINING);
        }
        int before = active.getAndUpdate(now -> now < limit ? now + 1 : now);
        return before < limit ? Optional.empty() : Optional.of(Refusal.FULL);
    }

    /// Exactly once for each [#enter()] that worked.
    public void leave() {
        int left = active.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("a call left that never entered");
        }
        if (draining && left == 0) {
            emptied.complete(null);
        }
    }

    /// From now on nobody enters. There is no way back: the process is leaving.
    public void drain() {
        draining = true;
        if (active.get() == 0) {
            emptied.complete(null);
        }
    }

    /// Done when the process is leaving and its last call has left.
    public CompletableFuture<Void> emptied() {
        return emptied.copy();
    }

    public boolean isDraining() {
        return draining;
    }

    public int active() {
        return active.get();
    }

    public int free() {
        return draining ? 0 : Math.max(0, limit - active.get());
    }
}
