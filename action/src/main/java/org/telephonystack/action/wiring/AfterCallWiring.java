package org.telephonystack.action.wiring;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.ext.web.client.WebClient;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.telephonystack.action.analysis.CallAnalyses;
import org.telephonystack.action.analysis.http.HttpAnalyst;
import org.telephonystack.action.analysis.postgres.PgAnalysisStore;
import org.telephonystack.action.analysis.postgres.PgPrices;
import org.telephonystack.action.retention.Records;
import org.telephonystack.action.retention.postgres.PgLeftovers;
import org.telephonystack.action.retention.postgres.PgRecords;

import java.time.Clock;
import java.util.Optional;

/// What happens once calls are over: their analysis, their cost, their deletion.
@Singleton
public class AfterCallWiring {

    private static final Logger LOG = Logger.getLogger("org.telephonystack.action");

    private final Optional<CallAnalyses> analyses;
    private final Records records;
    private final PgLeftovers leftovers;
    private final RetentionConfig retention;
    private final CostConfig cost;
    private final PgPrices prices;
    private final ActionWatch watch;

    AfterCallWiring(
            Pool pool,
            WebClient client,
            ActionWatch watch,
            AnalysisConfig analysis,
            RetentionConfig retention,
            CostConfig cost) {
        this.analyses =
                analysis.apiKey()
                        .filter(key -> !key.isBlank())
                        .map(key ->
                                new CallAnalyses(
                                        new PgAnalysisStore(pool),
                                        new HttpAnalyst(client, settings(analysis, key)),
                                        watch::onAnalysis,
                                        analysis.mostADay(),
                                        Clock.systemUTC()));
        this.records = new PgRecords(pool);
        this.leftovers = new PgLeftovers(pool);
        this.retention = retention;
        this.cost = cost;
        this.prices = new PgPrices(pool);
        this.watch = watch;
    }

    private static HttpAnalyst.Settings settings(AnalysisConfig config, String key) {
        return new HttpAnalyst.Settings(
                config.baseUrl(), key, config.model(), config.maxOutputTokens(), config.timeout());
    }

    void applyPrices(@Observes StartupEvent start) {
        var _ =
                prices.apply(
                                new PgPrices.Prices(
                                        cost.currency(),
                                        new PgPrices.Conversation(
                                                cost.textIn(),
                                                cost.textCached(),
                                                cost.audioIn(),
                                                cost.audioCached(),
                                                cost.textOut(),
                                                cost.audioOut()),
                                        new PgPrices.Transcription(
                                                cost.transcriptionTextIn(),
                                                cost.transcriptionAudioIn(),
                                                cost.transcriptionTextOut(),
                                                cost.transcriptionMinute()),
                                        new PgPrices.Analysis(
                                                cost.analysisIn(),
                                                cost.analysisCached(),
                                                cost.analysisOut())))
                        .exceptionally(failure -> {
                            LOG.warn("[Action] ⚠️ Prices Not Applied | the database is away");
                            return null;
                        });
    }

    @Scheduled(
            every = "${telephony.analysis.every:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> analyseCalls() {
        return analyses.map(
                        due -> RecoverySchedule.quietly("calls to be analysed", due::analyseDue))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    @Scheduled(
            every = "${telephony.retention.every:1h}",
            delayed = "2m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> deleteLeftovers() {
        return RecoverySchedule.quietly(
                "rows of calls that are over",
                () -> leftovers.delete().thenAccept(watch::onLeftovers));
    }

    @Scheduled(
            every = "${telephony.retention.every:1h}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> deleteOldRecords() {
        return RecoverySchedule.quietly(
                "old transcripts",
                () ->
                        records.deleteOlderThan(
                                        retention.transcripts(), retention.unhandledMessages())
                                .thenAccept(watch::onDeleted));
    }
}
