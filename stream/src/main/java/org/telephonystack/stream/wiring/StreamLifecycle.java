package org.telephonystack.stream.wiring;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.call.postgres.PgCallContextLookup;
import org.telephonystack.stream.call.postgres.TurnWriter;
import org.telephonystack.stream.call.twilio.MediaStreams;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Coming and going of the process.
@ApplicationScoped
class StreamLifecycle {

    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(1);
    private static final Duration REHEARSAL_LIMIT = Duration.ofSeconds(5);
    private static final int REHEARSED_CONNECTIONS = 4;

    private final MediaStreams streams;
    private final CallAdmission admission;
    private final PgCallContextLookup lookup;
    private final Heartbeat heartbeat;
    private final TurnWriter turns;
    private final ServiceEvents events;
    private final StreamConfig config;

    StreamLifecycle(
            MediaStreams streams,
            CallAdmission admission,
            PgCallContextLookup lookup,
            Heartbeat heartbeat,
            TurnWriter turns,
            ServiceEvents events,
            StreamConfig config) {
        this.streams = streams;
        this.admission = admission;
        this.lookup = lookup;
        this.heartbeat = heartbeat;
        this.turns = turns;
        this.events = events;
        this.config = config;
    }

    /// Ready means that the first caller is served like any other. A database that is away does not keep the service from
    /// starting, though: it can still talk.
    void onStart(@Observes StartupEvent event) {
        try {
            lookup.rehearse(REHEARSED_CONNECTIONS)
                    .chain(heartbeat::beat)
                    .await()
                    .atMost(REHEARSAL_LIMIT);
        } catch (RuntimeException failure) {
            events.lines().databaseAway("start", failure);
        }
        heartbeat.start();
    }

    /// SIGTERM: readiness is down by now. Calls are handed over by closing their sockets; Twilio then asks frontdoor what
    /// next. Runs on the shutdown thread, which may wait.
    void onLeaving(@Observes ShutdownDelayInitiatedEvent event) {
        events.lines().draining(admission.active());
        streams.drain();
        heartbeat.beat().subscribe().with(_ -> {}, _ -> {});
        admission
                .emptied()
                .completeOnTimeout(null, config.drainLimit().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        beforeLeaving(turns.flush());
        beforeLeaving(heartbeat.stop());
        events.lines().drained(admission.active());
    }

    private static void beforeLeaving(Uni<Void> write) {
        write.ifNoItem()
                .after(FLUSH_LIMIT)
                .fail()
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    void onStop(@Observes ShutdownEvent event) {
        admission.drain();
    }
}
