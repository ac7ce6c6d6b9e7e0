package org.telephonystack.stream.call.twilio;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

import org.telephonystack.stream.call.CallTime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The event loop of the caller's socket, on which everything of a call runs: its clock and its timers too.
///
/// Quarkus calls an endpoint on a new duplicated context for every message. They all share one event loop, whose root
/// context is taken here; a model connection made from a task of this loop lives on the same thread.
public final class CallLoop implements Executor, CallTime {

    private final ContextInternal context;
    private final Consumer<RuntimeException> bugs;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    private CallLoop(ContextInternal context, Consumer<RuntimeException> bugs) {
        this.context = context;
        this.bugs = bugs;
    }

    /// @param bugs gets what a task of this loop throws
    static CallLoop current(Consumer<RuntimeException> bugs) {
        Context current = Vertx.currentContext();
        if (current == null || !current.isEventLoopContext()) {
            throw new IllegalStateException("a call begins on an event loop, was on " + current);
        }
        return new CallLoop((ContextInternal) VertxContext.getRootContext(current), bugs);
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(_ -> guarded(task));
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        long id = context.setTimer(Math.max(1, delay.toMillis()), _ -> guarded(task));
        return () -> context.owner().cancelTimer(id);
    }

    /// Wall time at the start of the call, and from there on a clock that nobody sets.
    @Override
    public Instant now() {
        return startedAt.plusNanos(System.nanoTime() - startedNanos);
    }

    /// A defect ends its call, never the process.
    void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            bugs.accept(e);
        }
    }
}
