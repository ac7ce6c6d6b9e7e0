package org.telephonystack.stream.wiring;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

import jakarta.inject.Singleton;

import org.telephonystack.model.log.OncePerOutage;
import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.call.postgres.PgInstances;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Says once a second that this process lives and how many calls it carries. One write at a time: a database that is slow
/// gets fewer of them, one that is away is tried again every second.
@Singleton
class Heartbeat {

    /// A beat that takes longer is given up: the next one says the same and more.
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final PgInstances instances;
    private final ThisInstance instance;
    private final CallAdmission admission;
    private final ServiceEvents events;
    private final StreamConfig config;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final OncePerOutage outages =
            new OncePerOutage(Duration.ofSeconds(10), System::nanoTime);
    private volatile long timer = -1;

    Heartbeat(
            Vertx vertx,
            PgInstances instances,
            ThisInstance instance,
            CallAdmission admission,
            ServiceEvents events,
            StreamConfig config) {
        this.vertx = vertx;
        this.instances = instances;
        this.instance = instance;
        this.admission = admission;
        this.events = events;
        this.config = config;
    }

    void start() {
        timer = vertx.setPeriodic(config.heartbeat().toMillis(), _ -> beatUnlessWriting());
    }

    /// Now, beside the rhythm: the process has come, or is leaving.
    Uni<Void> beat() {
        return instances.beat(instance.known(), admission.active(), admission.isDraining());
    }

    /// The last one. Beats that are under way cannot come after it: they say that the process drains, and its row stays
    /// marked as stopped.
    Uni<Void> stop() {
        vertx.cancelTimer(timer);
        return instances.stopped(instance.id());
    }

    private void beatUnlessWriting() {
        if (!writing.compareAndSet(false, true)) {
            return;
        }
        beat().ifNoItem()
                .after(LIMIT)
                .fail()
                .onTermination()
                .invoke(() -> writing.set(false))
                .subscribe()
                .with(
                        _ -> {},
                        failure -> {
                            events.metrics().heartbeatFailed();
                            if (outages.begins()) {
                                events.lines().databaseAway("heartbeat", failure);
                            }
                        });
    }
}
