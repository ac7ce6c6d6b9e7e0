package org.telephonystack.action.wiring;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.telephonystack.action.business.CurrentBusiness;

import java.util.Optional;

/// Keeps what this process knows of the business young, whether it has tool calls or not: who is at the telephone is said from
/// memory, and frontdoor's questions may all go to one pod and the apology's to another.
@Singleton
public class BusinessSchedule {

    private static final Logger LOG = Logger.getLogger("telephony.action.tool");

    private final CurrentBusiness business;
    private final RecoveryConfig config;

    BusinessSchedule(CurrentBusiness business, RecoveryConfig config) {
        this.business = business;
        this.config = config;
    }

    /// So that an apology is in the right language even if the database goes away before the first call.
    void remember(@Observes StartupEvent start) {
        var _ =
                business.load()
                        .exceptionally(failure -> {
                            LOG.warn("[Action] ⚠️ Business Unknown | the database is away");
                            return Optional.empty();
                        });
    }

    /// Where that fails, what was known still counts; that the database is away others say.
    @Scheduled(
            every = "${telephony.admission.keep:10s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        return Uni.createFrom()
                .completionStage(business::load)
                .ifNoItem()
                .after(config.databaseLimit())
                .fail()
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }
}
