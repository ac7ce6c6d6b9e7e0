package org.telephonystack.action.wiring;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.telephonystack.action.recovery.CallClosing;
import org.telephonystack.action.recovery.OutboxPump;
import org.telephonystack.action.recovery.Reconciler;

import java.util.concurrent.CompletionStage;

/// Looks at what is due, again and again: the database knows what that is, so every pod may do it and none must.
@Singleton
public class RecoverySchedule {

    private static final Logger LOG = Logger.getLogger("org.telephonystack.action");

    private static final String OUTBOX_AGE =
            """
            select coalesce(extract(epoch from now() - min(created_at)) * 1000, 0)::bigint as millis
            from sms_outbox where state in ('pending', 'sending', 'unknown')
            """;

    private final CallClosing closing;
    private final OutboxPump pump;
    private final Reconciler reconciler;
    private final ActionMeters meters;
    private final Pool pool;

    RecoverySchedule(
            CallClosing closing,
            OutboxPump pump,
            Reconciler reconciler,
            ActionMeters meters,
            Pool pool) {
        this.closing = closing;
        this.pump = pump;
        this.reconciler = reconciler;
        this.meters = meters;
        this.pool = pool;
    }

    @Scheduled(
            every = "${telephony.recovery.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> pump() {
        return quietly("the outbox", () -> pump.pump());
    }

    @Scheduled(
            every = "${telephony.recovery.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reviewCalls() {
        return quietly("calls that may be over", () -> closing.reviewDue().thenApply(_ -> null));
    }

    @Scheduled(
            every = "${telephony.recovery.reconcile-every:30s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reconcileCalls() {
        return quietly(
                "calls nobody speaks of",
                () ->
                        reconciler
                                .reconcile()
                                .thenCompose(_ -> reconciler.reconcileRecordings())
                                .thenApply(_ -> null));
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return pool.query(OUTBOX_AGE)
                .execute()
                .invoke(rows -> meters.outboxAge(rows.iterator().next().getLong("millis")))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /// After a text was queued that is due at once: its caller waits for it. That to a lost caller is not, and is found by the clock.
    void pumpSoon() {
        pump().subscribe().with(_ -> {});
    }

    static Uni<Void> quietly(String what, Work work) {
        return Uni.createFrom()
                .completionStage(work::start)
                .onFailure()
                .invoke(failure ->
                        LOG.warn(
                                "[Action] ❌ Could not look at "
                                        + what
                                        + " | Why: "
                                        + failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }

    interface Work {
        CompletionStage<Void> start();
    }
}
