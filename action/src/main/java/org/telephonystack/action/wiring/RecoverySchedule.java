package org.telephonystack.action.wiring;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.inject.Provider;
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

    // Providers: closing wakes the pump through this class.
    private final Provider<CallClosing> closing;
    private final Provider<OutboxPump> pump;
    private final Provider<Reconciler> reconciler;
    private final ActionMeters meters;
    private final Pool pool;

    RecoverySchedule(
            Provider<CallClosing> closing,
            Provider<OutboxPump> pump,
            Provider<Reconciler> reconciler,
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
        return quietly("the outbox", () -> pump.get().pump());
    }

    @Scheduled(
            every = "${telephony.recovery.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reviewCalls() {
        return quietly(
                "calls that may be over", () -> closing.get().reviewDue().thenApply(_ -> null));
    }

    @Scheduled(
            every = "${telephony.recovery.reconcile-every:30s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reconcileCalls() {
        return quietly(
                "calls nobody speaks of",
                () ->
                        reconciler
                                .get()
                                .reconcile()
                                .thenCompose(_ -> reconciler.get().reconcileRecordings())
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

    /// After a text was queued: now, not at the next round.
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
