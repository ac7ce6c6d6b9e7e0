package org.telephonystack.action.wiring;

import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.telephonystack.action.reaper.Reaper;

import java.util.concurrent.atomic.AtomicBoolean;

/// Lets the reaper look, one look after the other. By a timer: Quarkus' scheduler knows whole seconds only.
@Singleton
final class ReaperSchedule {

    private final Vertx vertx;
    private final Reaper reaper;
    private final ReaperConfig config;
    private final boolean schedules;
    private final AtomicBoolean looking = new AtomicBoolean();

    ReaperSchedule(
            Vertx vertx,
            Reaper reaper,
            ReaperConfig config,
            @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true")
                    boolean schedules) {
        this.vertx = vertx;
        this.reaper = reaper;
        this.config = config;
        this.schedules = schedules;
    }

    void onStart(@Observes StartupEvent event) {
        if (schedules && config.enabled() && config.frontdoorUrl().isPresent()) {
            vertx.setPeriodic(config.every().toMillis(), _ -> look());
        }
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            reaper.look().whenComplete((_, _) -> looking.set(false));
        }
    }
}
