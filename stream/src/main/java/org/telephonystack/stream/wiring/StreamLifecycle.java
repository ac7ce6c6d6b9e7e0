package org.telephonystack.stream.wiring;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.call.postgres.PatientWriter;
import org.telephonystack.stream.call.postgres.TurnWriter;
import org.telephonystack.stream.call.postgres.WarmConnections;
import org.telephonystack.stream.call.twilio.MediaStreams;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Coming and going of the process.
@ApplicationScoped
class StreamLifecycle {

    /// What the database gets to take the last lines, also where the calls took all of the time.
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Duration REHEARSAL_LIMIT = Duration.ofSeconds(5);

    private final MediaStreams streams;
    private final CallAdmission admission;
    private final WarmConnections connections;
    private final Heartbeat heartbeat;
    private final TurnWriter turns;
    private final PatientWriter books;
    private final ServiceEvents events;
    private final StreamConfig config;

    StreamLifecycle(
            MediaStreams streams,
            CallAdmission admission,
            WarmConnections connections,
            Heartbeat heartbeat,
            TurnWriter turns,
            PatientWriter books,
            ServiceEvents events,
            StreamConfig config) {
        this.streams = streams;
        this.admission = admission;
        this.connections = connections;
        this.heartbeat = heartbeat;
        this.turns = turns;
        this.books = books;
        this.events = events;
        this.config = config;
    }

    /// Ready means that the first caller is served like any other. A database that is away does not keep the service from
    /// starting, though: it can still talk.
    void onStart(@Observes StartupEvent event) {
        try {
            connections.start().chain(heartbeat::beat).await().atMost(REHEARSAL_LIMIT);
        } catch (RuntimeException failure) {
            events.lines().databaseAway("start", failure);
        }
        heartbeat.start();
    }

    /// SIGTERM: readiness is down by now. Calls are handed over by closing their sockets; Twilio then asks frontdoor what
    /// next. What the database did not take yet has the time that is left. Runs on the shutdown thread, which may wait.
    void onLeaving(@Observes ShutdownDelayInitiatedEvent event) {
        long until = System.nanoTime() + config.drainLimit().toNanos();
        events.lines().draining(admission.active());
        streams.drain();
        heartbeat.beat().subscribe().with(_ -> {}, _ -> {});
        admission
                .emptied()
                .completeOnTimeout(null, config.drainLimit().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        Duration left = Duration.ofNanos(until - System.nanoTime());
        Duration limit = left.compareTo(LEAST) > 0 ? left : LEAST;
        Uni.join()
                .all(turns.finish(limit), books.finish(limit))
                .andCollectFailures()
                .await()
                .indefinitely();
        lastBeat();
        events.lines().drained(admission.active());
    }

    private void lastBeat() {
        heartbeat
                .stop()
                .ifNoItem()
                .after(LEAST)
                .fail()
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    void onStop(@Observes ShutdownEvent event) {
        admission.drain();
        connections.close();
    }
}
