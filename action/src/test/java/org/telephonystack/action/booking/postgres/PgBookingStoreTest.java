package org.telephonystack.action.booking.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.booking.BookingStore;
import org.telephonystack.action.booking.BookingStore.Booked;
import org.telephonystack.action.booking.BookingStoreContract;
import org.telephonystack.action.booking.Diary;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.wiring.ActionTest;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

@ActionTest
class PgBookingStoreTest extends BookingStoreContract {

    @Inject Pool pool;

    @Override
    protected BookingStore storeWith(int resources) {
        clean();
        for (int i = 1; i <= resources; i++) {
            run(pool, "insert into resources (name) values ('Chair " + i + "')");
        }
        return new PgBookingStore(pool);
    }

    @AfterEach
    void clean() {
        run(pool, "delete from tool_calls");
        run(pool, "delete from bookings");
        run(pool, "delete from resources");
    }

    @Test
    void theRowHoldsTheColumnsOfTheOriginalAndTheRangeWithItsBuffer() {
        BookingStore store = storeWith(1);

        await(begin(store, call(1, "a"), THREE, Businesses.CLEANING));

        var row =
                run(
                                pool,
                                """
                                select client_phone, scheduled_time, service_type, status, call_sid, ends_at,
                                       lower_inc(slot) and not upper_inc(slot) half_open, lower(slot) f, upper(slot) u
                                from bookings
                                """)
                        .iterator()
                        .next();
        assertThat(row.getString("client_phone")).isEqualTo("+14155550199");
        assertThat(row.getOffsetDateTime("scheduled_time").toInstant()).isEqualTo(THREE);
        assertThat(row.getString("service_type")).isEqualTo("cleaning");
        assertThat(row.getString("status")).isEqualTo("confirmed");
        assertThat(row.getString("call_sid")).isEqualTo("CA" + "%032x".formatted(1));
        assertThat(row.getOffsetDateTime("ends_at").toInstant())
                .isEqualTo(THREE.plusSeconds(45 * 60L));
        assertThat(row.getBoolean("half_open")).isTrue();
        assertThat(row.getOffsetDateTime("f").toInstant()).isEqualTo(THREE);
        assertThat(row.getOffsetDateTime("u").toInstant()).isEqualTo(THREE.plusSeconds(3600));
    }

    /// A business with years behind it has tens of thousands of bookings without a range.
    @Test
    void theBookingsOfFormerYearsAreNotRead() {
        run(
                pool,
                """
                insert into bookings (client_phone, scheduled_time, service_type, status)
                select '+14155550142', timestamptz '2020-01-01' + n * interval '1 hour', 'cleaning', 'confirmed'
                from generate_series(1, 5000) n
                """);
        run(pool, "analyze bookings");

        String plan =
                pool
                        .preparedQuery("explain " + PgDiary.DIARY)
                        .executeAndAwait(
                                Tuple.of(
                                        BookingRow.utc(THREE),
                                        BookingRow.utc(THREE.plusSeconds(3600))))
                        .stream()
                        .map(row -> row.getString(0))
                        .collect(Collectors.joining("\n"));

        assertThat(plan)
                .containsPattern("using bookings_unplaced.*\n *Index Cond: .*scheduled_time > ");
    }

    @Test
    void ofTwentyCallsForOneSlotExactlyOneGetsIt() {
        BookingStore store = storeWith(1);

        List<Booked> results = bookAtOnce(store, 20);

        assertThat(results).filteredOn(Booked.New.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Booked.SlotTaken.class::isInstance).hasSize(19);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void ofTwentyCallsForThreeChairsExactlyThreeGetOne() {
        BookingStore store = storeWith(3);

        List<Booked> results = bookAtOnce(store, 20);

        assertThat(results).filteredOn(Booked.New.class::isInstance).hasSize(3);
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void aToolCallThatIsSentTenTimesAtOnceBooksOnce() {
        BookingStore store = storeWith(3);
        var pending = new ArrayList<CompletionStage<Booked>>();
        for (int i = 0; i < 10; i++) {
            pending.add(begin(store, call(1, "a"), THREE, Businesses.GENERAL));
        }

        List<Booked> results = pending.stream().map(BookingStoreContract::await).toList();

        assertThat(results).filteredOn(Booked.New.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Booked.Repeated.class::isInstance).hasSize(9);
        assertThat(count()).isEqualTo(1);
    }

    /// Older than this stack: nobody knows its chair, but it takes one, for the hour that nobody knows better.
    @Test
    void aBookingWithoutARangeTakesOneOfTheChairs() {
        BookingStore store = storeWith(2);
        run(
                pool,
                "insert into bookings (client_phone, scheduled_time, service_type) values ('+14155550100', '"
                        + THREE
                        + "', 'a service of old')");

        assertThat(book(store, call(1, "a"), THREE)).isInstanceOf(Booked.New.class);
        assertThat(book(store, call(2, "b"), THREE)).isEqualTo(new Booked.SlotTaken());
        assertThat(book(store, call(2, "c"), HALF_PAST)).isInstanceOf(Booked.New.class);
        assertThat(book(store, call(3, "d"), HALF_PAST)).isEqualTo(new Booked.SlotTaken());
        Diary diary = await(store.diary(THREE, THREE.plusSeconds(7200)));
        assertThat(hasRoomAt(diary, THREE)).isFalse();
        assertThat(hasRoomAt(diary, HALF_PAST)).isFalse();
        assertThat(hasRoomAt(diary, THREE.plusSeconds(3600))).isTrue();
    }

    /// Somebody who knows nothing of our locks writes into the same calendar: the constraint decides.
    @Test
    void aRowOfSomebodyElseThatIsCommittedMeanwhileTakesTheSlot() {
        BookingStore store = storeWith(1);
        var other = pool.getConnection().await().atMost(Duration.ofSeconds(5));
        try {
            run(other, "begin");
            insertForeignRow(other);
            CompletionStage<Booked> ours = begin(store, call(1, "a"), THREE, Businesses.GENERAL);
            awaitSomebodyWaiting();

            run(other, "commit");

            assertThat(await(ours)).isEqualTo(new Booked.SlotTaken());
            assertThat(count()).isEqualTo(1);
        } finally {
            other.close().await().atMost(Duration.ofSeconds(5));
        }
    }

    @Test
    void whoHoldsTheCalendarForTooLongMakesItAwayNotBooked() {
        BookingStore store = storeWith(1);
        var other = pool.getConnection().await().atMost(Duration.ofSeconds(5));
        try {
            run(other, "begin");
            run(other, "select id from resources for update");

            assertThatThrownBy(() -> book(store, call(1, "a"), THREE))
                    .hasMessageContaining("lock timeout");
            assertThat(count()).isZero();
        } finally {
            run(other, "rollback");
            other.close().await().atMost(Duration.ofSeconds(5));
        }
    }

    private List<Booked> bookAtOnce(BookingStore store, int calls) {
        var pending = new ArrayList<CompletionStage<Booked>>();
        for (int i = 1; i <= calls; i++) {
            pending.add(begin(store, call(i, "a"), THREE, Businesses.GENERAL));
        }
        return pending.stream().map(BookingStoreContract::await).toList();
    }

    private static void insertForeignRow(SqlClient client) {
        client.preparedQuery(
                        """
                        insert into bookings (client_phone, scheduled_time, resource_id, slot)
                        select '+14155550100', $1, id, tstzrange($1, $2, '[)') from resources
                        """)
                .execute(
                        Tuple.of(
                                THREE.atOffset(ZoneOffset.UTC), HALF_PAST.atOffset(ZoneOffset.UTC)))
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private void awaitSomebodyWaiting() {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            var row =
                    run(
                                    pool,
                                    "select count(*) n from pg_stat_activity where wait_event_type = 'Lock'")
                            .iterator()
                            .next();
            if (row.getLong("n") > 0) {
                return;
            }
        }
        throw new AssertionError("nobody waits for the foreign row");
    }

    private long count() {
        return run(pool, "select count(*) n from bookings").iterator().next().getLong("n");
    }

    private static RowSet<Row> run(SqlClient client, String sql) {
        return client.query(sql).execute().await().atMost(Duration.ofSeconds(10));
    }
}
