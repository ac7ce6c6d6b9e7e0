package org.telephonystack.action.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import jakarta.inject.Singleton;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// `telephony_cost_today{currency}`: what the calls of this day have cost so far, by the configured prices. Every pod says the same.
@Singleton
public class CostSchedule {

    /// Since midnight in the business's zone; a currency of yesterday is there with nothing.
    private static final String TODAY =
            """
            select p.currency, coalesce(sum(k.conversation + k.transcription + k.analysis) filter (where k.currency = p.currency), 0)::float8 as cost
            from (select distinct currency from model_prices) p
            left join (
                calls c cross join lateral (select * from call_costs where call_sid = c.call_sid) k
            ) on c.stream_started_at >= date_trunc('day', now() at time zone coalesce((select time_zone from business), 'UTC'))
                                            at time zone coalesce((select time_zone from business), 'UTC')
            group by p.currency
            """;

    private final Pool pool;
    private final MeterRegistry registry;
    private final Map<String, AtomicReference<Double>> costs = new ConcurrentHashMap<>();

    CostSchedule(Pool pool, MeterRegistry registry) {
        this.pool = pool;
        this.registry = registry;
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> addUp() {
        return pool.query(TODAY)
                .execute()
                .invoke(this::show)
                .replaceWithVoid()
                // The gauge keeps what was known; that the database is away others say.
                .onFailure()
                .recoverWithNull();
    }

    private void show(RowSet<Row> rows) {
        for (Row row : rows) {
            costs.computeIfAbsent(row.getString("currency"), this::gauge)
                    .set(row.getDouble("cost"));
        }
    }

    /// Of the business's configured currencies, which are few.
    private AtomicReference<Double> gauge(String currency) {
        var cost = new AtomicReference<>(0.0);
        Gauge.builder("telephony.cost.today", cost::get)
                .tag("currency", currency)
                .register(registry);
        return cost;
    }
}
