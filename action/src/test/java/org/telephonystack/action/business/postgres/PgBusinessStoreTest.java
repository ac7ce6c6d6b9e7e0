package org.telephonystack.action.business.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.sqlclient.Pool;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.OpeningHours;
import org.telephonystack.action.business.OpeningHours.SpecialDay;
import org.telephonystack.action.wiring.ActionTest;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

@ActionTest
class PgBusinessStoreTest {

    private static final Business BUSINESS =
            Businesses.in("America/New_York", "09:00-12:00", "13:00-17:30");

    @Inject Pool pool;
    @Inject BusinessStore store;

    @BeforeEach
    @AfterEach
    void clean() {
        for (String table :
                List.of(
                        "bookings",
                        "resources",
                        "services",
                        "opening_hours",
                        "opening_exceptions",
                        "business")) {
            run("delete from " + table);
        }
    }

    @Test
    void thereIsNoBusinessBeforeOneWasApplied() {
        assertThat(await(store.load())).isEmpty();
    }

    @Test
    void whatWasAppliedIsLoaded() {
        LocalDate christmas = LocalDate.of(2026, 12, 25);
        Business business =
                Businesses.with(
                        BUSINESS,
                        new OpeningHours(
                                BUSINESS.hours().weekly(),
                                Map.of(
                                        christmas.minusDays(1),
                                        new SpecialDay(
                                                Optional.of("Christmas Eve"),
                                                List.of(
                                                        Businesses.range("09:00-10:00"),
                                                        Businesses.range("11:00-12:00"))),
                                        christmas,
                                        new SpecialDay(Optional.empty(), List.of()))));

        await(store.apply(business));

        assertThat(await(store.load())).contains(business);
    }

    @Test
    void applyingTwiceIsApplyingOnce() {
        await(store.apply(BUSINESS));
        await(store.apply(BUSINESS));

        assertThat(await(store.load())).contains(BUSINESS);
        assertThat(run("select from opening_hours")).isEqualTo(14);
        assertThat(run("select from resources")).isEqualTo(1);
    }

    @Test
    void whatIsNoLongerNamedIsRetiredAndBookingsStay() {
        await(store.apply(Businesses.withResources(BUSINESS, "Chair 1", "Chair 2")));
        run(
                """
                insert into bookings (client_phone, scheduled_time, service_type, resource_id, slot)
                select '+14155550199', now(), 'cleaning', id, tstzrange(now(), now() + interval '1 hour')
                from resources where name = 'Chair 2'
                """);
        Business smaller = Businesses.withServices(BUSINESS, Businesses.GENERAL);

        await(store.apply(smaller));

        assertThat(await(store.load())).contains(smaller);
        assertThat(run("select from resources where not active and name = 'Chair 2'")).isEqualTo(1);
        assertThat(run("select from services where not active and name = 'cleaning'")).isEqualTo(1);
        assertThat(run("select from bookings")).isEqualTo(1);

        await(store.apply(Businesses.withResources(BUSINESS, "Chair 1", "Chair 2")));

        assertThat(run("select from resources where active")).isEqualTo(2);
        assertThat(run("select from services where active")).isEqualTo(2);
    }

    private int run(String sql) {
        return pool.query(sql).execute().await().atMost(Duration.ofSeconds(10)).size();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
