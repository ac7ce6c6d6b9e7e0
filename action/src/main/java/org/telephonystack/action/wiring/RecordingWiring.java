package org.telephonystack.action.wiring;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.action.recording.RecordingKeeper;
import org.telephonystack.action.recording.file.LocalRecordings;
import org.telephonystack.action.recording.postgres.PgRecordingStore;
import org.telephonystack.action.recording.twilio.TwilioRecordings;
import org.telephonystack.action.sms.CircuitBreaker;
import org.telephonystack.action.sms.twilio.TwilioAccount;

import java.nio.file.Path;

/// Messages that callers left: put together, and looked at again and again.
@Singleton
public class RecordingWiring {

    @Produces
    @Singleton
    static RecordingKeeper recordingKeeper(
            Pool pool,
            Vertx vertx,
            WebClient client,
            TwilioAccount account,
            CircuitBreaker breaker,
            ActionWatch watch,
            TwilioConfig twilio,
            RecordingConfig config) {
        HttpClient files =
                vertx.getDelegate()
                        .createHttpClient(
                                new HttpClientOptions()
                                        .setConnectTimeout((int) twilio.connectTimeout().toMillis())
                                        .setKeepAlive(false));
        return new RecordingKeeper(
                new PgRecordingStore(pool),
                new TwilioRecordings(
                        vertx.getDelegate(), files, client, account, breaker, config.timeout()),
                config.folder().map(folder -> new LocalRecordings(vertx, Path.of(folder))),
                watch::onRecording,
                config.retention());
    }

    private final RecordingKeeper keeper;

    RecordingWiring(RecordingKeeper keeper) {
        this.keeper = keeper;
    }

    @Scheduled(
            every = "${telephony.recording.every:10s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keepRecordings() {
        return RecoverySchedule.quietly(
                "recordings", () -> keeper.fetchDue().thenCompose(_ -> keeper.deleteOld()));
    }
}
