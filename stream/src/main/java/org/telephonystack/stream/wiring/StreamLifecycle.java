package org.telephonystack.stream.wiring;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.call.postgres.PgCallContextLookup;
import org.telephonystack.stream.call.postgres.PgInstances;
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
    private final PgInstances instances;
    private final ThisInstance instance;
    private final TurnWriter turns;
    private final ServiceEvents events;
    private final StreamConfig config;

    StreamLifecycle(
            MediaStreams streams,
            CallAdmission admission,
            PgCallContextLookup lookup,
            PgInstances instances,
            ThisInstance instance,
            TurnWriter turns,
            ServiceEvents events,
            StreamConfig config) {
        this.streams = streams;
        this.admission = admission;
        this.lookup = lookup;
        this.instances = instances;
        this.instance = instance;
        this.turns = turns;
        this.events = events;
        this.config = config;
    }

    /// Ready means that the first caller is served like any other. A database that is away does not keep the service from
    /// starting, though: it can still talk.
    void onStart(@Observes StartupEvent event) {
        try {
            lookup.rehearse(REHEARSED_CONNECTIONS)
                    .chain(() ->
                            instances.announce(
                                    instance.id(), config.publicUrl(), config.callLimit()))
                    .await()
                    .atMost(REHEARSAL_LIMIT);
        } catch (RuntimeException failure) {
            events.lines().databaseAway("start", failure);
        }
    }

    /// SIGTERM: readiness is down by now. Calls are handed over by closing their sockets; Twilio then asks frontdoor what
    /// next. Runs on the shutdown thread, which may wait.
    void onLeaving(@Observes ShutdownDelayInitiatedEvent event) {
        events.lines().draining(admission.active());
        streams.drain();
        admission
                .emptied()
                .completeOnTimeout(null, config.drainLimit().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        turns.flush()
                .ifNoItem()
                .after(FLUSH_LIMIT)
                .fail()
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
        events.lines().drained(admission.active());
    }

    void onStop(@Observes ShutdownEvent event) {
        admission.drain();
    }
}
