package org.telephonystack.action.admission.postgres;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.sqlclient.Pool;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.admission.AdmissionStore.Today;
import org.telephonystack.action.admission.AdmissionStore.Unblocked;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.postgres.PgBusinessStore;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.model.PhoneNumber;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Places, minutes and blocked callers in a real database.
@ActionTest
class AdmissionTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Optional<Duration> NONE = Optional.empty();

    @Inject TestDatabase database;
    @Inject Pool pool;

    private PgAdmissionStore store;

    @AfterEach
    void leavesNoFullHouse() {
        database.execute("delete from stream_instances");
    }

    @BeforeEach
    void nobodyLives() {
        store = new PgAdmissionStore(pool, Duration.ofSeconds(20));
        database.execute("delete from stream_instances");
    }

    @Test
    void freePlacesAreThoseOfProcessesThatLiveAndStay() {
        assertThat(join(store.freePlaces())).isEmpty();

        process("10.0.0.1", "0 seconds", 100, 90, false);
        process("10.0.0.2", "0 seconds", 100, 120, false);
        process("10.0.0.3", "0 seconds", 100, 0, true);
        process("10.0.0.4", "1 minute", 100, 0, false);
        assertThat(join(store.freePlaces())).contains(10);

        database.execute("update stream_instances set active_calls = call_limit");
        assertThat(join(store.freePlaces())).contains(0);
    }

    @Test
    void aProcessThatSaysNothingOfItselfMakesTheSumUnknown() {
        process("10.0.0.1", "0 seconds", 100, 100, false);
        database.execute(
                "insert into stream_instances (id, address, call_limit) values (gen_random_uuid(), 'old', 100)");

        assertThat(join(store.freePlaces())).isEmpty();
    }

    @Test
    void minutesOfTodayCountForTheCallerAndForAll() {
        String caller = "+14155559701";
        database.execute(
                """
                insert into calls (call_sid, caller, stream_started_at, first_stream_at, stream_ended_at) values
                    ('CAadad0000000000000000000000000001', $1, clock_timestamp() + interval '10 minutes', clock_timestamp(),
                     clock_timestamp() + interval '40 minutes'),
                    ('CAadad0000000000000000000000000002', $1, clock_timestamp(), null, clock_timestamp() + interval '30 minutes')
                """,
                caller);
        var hour = Optional.of(Duration.ofHours(1));
        var week = Optional.of(Duration.ofDays(7));

        assertThat(today(NONE, hour).callersAtLimit()).contains(new PhoneNumber(caller));
        assertThat(today(NONE, hour).businessAtLimit()).isFalse();
        assertThat(today(hour, NONE).businessAtLimit()).isTrue();
        assertThat(today(hour, NONE).callersAtLimit()).isEmpty();
        assertThat(today(week, week)).isEqualTo(today(NONE, NONE));
    }

    @Test
    void aBlockedCallerIsNamedToFrontdoorUntilUnblocked() {
        var caller = new PhoneNumber("+14155559702");

        assertThat(join(store.block(caller, "rude"))).isTrue();
        assertThat(join(store.block(caller, "rude"))).isFalse();
        assertThat(today(NONE, NONE).blocked()).contains(caller);
        assertThat(join(store.unblock(caller))).isEqualTo(Unblocked.DONE);
        assertThat(today(NONE, NONE).blocked()).doesNotContain(caller);
    }

    @Test
    void frontdoorAsksWithTheServiceSecretOnly() {
        given().get("/internal/admission").then().statusCode(401);

        process("10.0.0.1", "0 seconds", 100, 93, false);
        int free =
                given().header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                        .get("/internal/admission")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("free");

        assertThat(free).isEqualTo(7);
    }

    /// Frontdoor's question is all that this process hears: no tool call reads the business.
    @Test
    void whoIsAtTheTelephoneIsSaidOfTheBusinessAsItIsNow() {
        var first = new PhoneNumber("+14155559711");
        var second = new PhoneNumber("+14155559712");

        apply(Optional.of(first));
        Awaitility.await().atMost(LIMIT).until(() -> first.e164().equals(human()));
        apply(Optional.of(second));
        Awaitility.await().atMost(LIMIT).until(() -> second.e164().equals(human()));
        apply(Optional.empty());
        Awaitility.await().atMost(LIMIT).until(() -> human() == null);

        database.execute("delete from business");
    }

    private void apply(Optional<PhoneNumber> human) {
        Business always = Businesses.in("America/New_York", "00:00-23:59:59.999999");
        join(new PgBusinessStore(pool).apply(Businesses.reachableAt(always, human)));
    }

    private static @Nullable String human() {
        return given().header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .get("/internal/admission")
                .then()
                .statusCode(200)
                .extract()
                .path("human");
    }

    private Today today(Optional<Duration> perBusiness, Optional<Duration> perCaller) {
        return join(store.today(perBusiness, perCaller));
    }

    private void process(String host, String ago, int limit, int active, boolean draining) {
        database.execute(
                """
                insert into stream_instances (id, address, internal_address, call_limit, active_calls, draining, heartbeat_at)
                values (gen_random_uuid(), 'https://voice.example.com', $1, $3, $4, $5,
                        clock_timestamp() - $2::text::interval)
                """,
                host,
                ago,
                limit,
                active,
                draining);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
