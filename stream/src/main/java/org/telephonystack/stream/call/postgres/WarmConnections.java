package org.telephonystack.stream.call.postgres;

import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

/// A connection to the database on every event loop, open and rehearsed before a call needs it: the pool opens another one
/// rather than use one of another event loop. Each is asked something now and then, so that one whose database went without a
/// word is found out, and replaced, before a call needs it.
public final class WarmConnections {

    private final Vertx vertx;
    private final PgCallContextLookup lookup;
    private final Duration every;
    private volatile boolean closed;

    /// @param every how long a connection may rest
    public WarmConnections(Vertx vertx, PgCallContextLookup lookup, Duration every) {
        this.vertx = vertx;
        this.lookup = lookup;
        this.every = every;
    }

    /// Begins on every event loop there is, and goes on until [#close()].
    ///
    /// @return completes when all are rehearsed; fails with the first that could not be, which is tried again
    public Uni<Void> start() {
        var all = new ArrayList<Uni<Void>>();
        var internal = (VertxInternal) vertx;
        internal.getEventLoopGroup()
                .forEach(executor -> {
                    Context loop =
                            internal.createEventLoopContext(
                                    (EventLoop) executor,
                                    internal.getWorkerPool(),
                                    WarmConnections.class.getClassLoader());
                    var first = new CompletableFuture<Void>();
                    loop.runOnContext(_ -> keepWarm(first));
                    all.add(Uni.createFrom().completionStage(first));
                });
        return Uni.join().all(all).andFailFast().replaceWithVoid();
    }

    public void close() {
        closed = true;
    }

    /// On its event loop, whose timers come back to it. Failures are for those who need the database to tell of.
    private void keepWarm(CompletableFuture<Void> done) {
        lookup.rehearse()
                .onTermination()
                .invoke(this::again)
                .subscribe()
                .with(done::complete, done::completeExceptionally);
    }

    private void again() {
        if (!closed) {
            vertx.setTimer(every.toMillis(), _ -> keepWarm(new CompletableFuture<>()));
        }
    }
}
