package org.telephonystack.action.booking.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import io.vertx.mutiny.sqlclient.Pool;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.booking.AppointmentStore.Decision;
import org.telephonystack.action.booking.AppointmentStore.Done;
import org.telephonystack.action.booking.AppointmentStore.Known;
import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.booking.BookingStore;
import org.telephonystack.action.booking.Deadline;
import org.telephonystack.action.booking.Slot;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Changes of appointments by two processes at once.
class PgAppointmentStoreTest {

    private static final PhoneNumber MARIA = new PhoneNumber("+14155550199");
    private static final PhoneNumber JOHN = new PhoneNumber("+14155550142");
    private final Instant noon =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(3, ChronoUnit.DAYS);
    private final Instant one = noon.plus(1, ChronoUnit.HOURS);
    private final Instant two = noon.plus(2, ChronoUnit.HOURS);

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @BeforeEach
    void aDentistHasOneChair() {
        database.execute("insert into resources (name) values ('Chair 1')");
    }

    @Test
    void whatIsKnownOfANumberIsReadWithItsMomentsWhateverZoneTheSessionIsIn() {
        String earlier = booked("(415) 555-0199", noon);
        String later = booked(MARIA.e164(), two);
        booked(JOHN.e164(), one);
        booked(MARIA.e164(), Instant.now().minus(1, ChronoUnit.HOURS));
        database.execute(
                "update bookings set status = 'cancelled' where id::text = $1",
                booked(MARIA.e164(), noon.plus(3, ChronoUnit.HOURS)));
        database.execute(
                """
                insert into clients (phone, last_name, created_at)
                values ('+14155550199', 'Lee', now()), ('415-555-0199', 'Before', now() - interval '1 day')
                """);

        Known known = look(MARIA, "CA1");

        assertThat(known.upcoming())
                .containsExactly(
                        new Booking(earlier, noon, "general"), new Booking(later, two, "general"));
        assertThat(known.lastName()).contains("Lee");
        assertThat(known.attested()).isFalse();
        assertThat(known.failedProofs()).isZero();
    }

    @Test
    void theNetworkVouchesOnlyWhereAllThatWasHeardOfTheCallAgrees() {
        heard("CA1", "1", "TN-Validation-Passed-A");
        assertThat(look(MARIA, "CA1").attested()).isTrue();
        assertThat(look(MARIA, "CA2").attested()).as("another call").isFalse();

        heard("CA1", "2", "TN-Validation-Passed-B");
        assertThat(look(MARIA, "CA1").attested()).isFalse();
    }

    @Test
    void failedProofsOfTheNumberCountForADayWhicheverCallTheyWereOf() {
        for (String call : List.of("CA1", "CA2")) {
            database.execute(
                    "insert into calls (call_sid, caller) values ($1, '+14155550199')", sid(call));
            database.execute(
                    """
                    insert into tool_calls (call_sid, tool_call_id, action, outcome, answer, at)
                    values ($1, 'now', 'list_bookings', 'error', '{"reason": "proof_failed"}', now()),
                           ($1, 'old', 'list_bookings', 'error', '{"reason": "proof_failed"}', now() - interval '25 hours'),
                           ($1, 'other', 'list_bookings', 'error', '{"reason": "proof_needed"}', now())
                    """,
                    sid(call));
        }

        assertThat(look(MARIA, "CA3").failedProofs()).isEqualTo(2);
        assertThat(look(JOHN, "CA4").failedProofs()).isZero();
    }

    @Test
    void ofTwoCallersWhoMoveToOneSlotAtTwoProcessesOneGetsIt() {
        String marias = booked(MARIA.e164(), noon);
        String johns = booked(JOHN.e164(), two);
        CompletableFuture<Done> first;
        CompletableFuture<Done> second;

        try (var inTheWay = database.transaction("select from resources for update")) {
            first = move(database.one(), key(MARIA, "CA1", "a"), marias, one);
            second = move(database.other(), key(JOHN, "CA2", "b"), johns, one);
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        List<Done> done = List.of(await(first), await(second));
        assertThat(done).filteredOn(Done.Changed.class::isInstance).hasSize(1);
        assertThat(done).filteredOn(Done.Unchanged.class::isInstance).hasSize(1);
        assertThat(confirmedAt(one)).isEqualTo(1);
        assertThat(confirmedAt(noon) + confirmedAt(two))
                .as("who was refused keeps the appointment")
                .isEqualTo(1);
        assertThat(database.count("select count(*) from tool_calls")).isEqualTo(1);
    }

    @Test
    void aToolCallThatTwoProcessesGetAtOnceIsCarriedOutOnceAndBothHearTheSame() {
        String booking = booked(MARIA.e164(), noon);
        CompletableFuture<Done> first;
        CompletableFuture<Done> second;

        try (var inTheWay = database.transaction("select from bookings for update")) {
            first = move(database.one(), key(MARIA, "CA1", "a"), booking, one);
            second = move(database.other(), key(MARIA, "CA1", "a"), booking, two);
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        var changes = List.of((Done.Changed) await(first), (Done.Changed) await(second));
        assertThat(changes)
                .extracting(Done.Changed::repeated)
                .containsExactlyInAnyOrder(true, false);
        assertThat(changes.get(0).answer()).isEqualTo(changes.get(1).answer());
        assertThat(confirmedAt(one) + confirmedAt(two)).isEqualTo(1);
        assertThat(database.count("select count(*) from tool_calls")).isEqualTo(1);
    }

    @Test
    void whoDecidesSecondSeesWhatTheFirstHasDone() {
        String booking = booked(MARIA.e164(), noon);
        CompletableFuture<Done> cancelled;
        CompletableFuture<Done> moved;
        var seen = new AtomicReference<Known>();

        try (var inTheWay = database.transaction("select from bookings for update")) {
            cancelled =
                    decide(
                            database.one(),
                            key(MARIA, "CA1", "a"),
                            in(Duration.ofSeconds(10)),
                            _ -> new Decision.Cancel(booking, PgAppointmentStoreTest::said));
            database.awaitWaiting(1);
            moved =
                    decide(
                            database.other(),
                            key(MARIA, "CA2", "b"),
                            in(Duration.ofSeconds(10)),
                            known -> {
                                seen.set(known);
                                return new Decision.Nothing(PgAppointmentStoreTest::nothing);
                            });
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        assertThat(await(cancelled)).isInstanceOf(Done.Changed.class);
        assertThat(await(moved)).isInstanceOf(Done.Unchanged.class);
        assertThat(seen.get().upcoming()).isEmpty();
    }

    /// Somebody who knows nothing of our locks writes into the same calendar: the constraint decides.
    @Test
    void aSlotThatSomebodyElseTakesMeanwhileIsTakenAndTheAppointmentStays() {
        String booking = booked(MARIA.e164(), noon);
        CompletableFuture<Done> ours;

        try (var foreign =
                database.transaction(
                        """
                        insert into bookings (client_phone, scheduled_time, resource_id, slot)
                        select '+14155550100', $1, id, tstzrange($1, $2, '[)') from resources
                        """,
                        one.atOffset(ZoneOffset.UTC),
                        two.atOffset(ZoneOffset.UTC))) {
            ours = move(database.one(), key(MARIA, "CA1", "a"), booking, one);
            database.awaitWaiting(1);
            foreign.commit();
        }

        assertThat(await(ours)).isInstanceOf(Done.Unchanged.class);
        assertThat(confirmedAt(noon)).isEqualTo(1);
        assertThat(database.count("select count(*) from tool_calls")).isZero();
    }

    @Test
    void aMovedAppointmentStandsInTheTableAsItWasAnswered() {
        String booking = booked(MARIA.e164(), noon);

        var changed =
                (Done.Changed) await(move(database.one(), key(MARIA, "CA1", "a"), booking, one));

        assertThat(changed.answer().details())
                .containsEntry("id", booking)
                .containsEntry("start", one.toString());
        assertThat(
                        database.count(
                                """
                                select count(*) from bookings
                                where scheduled_time = $1 and ends_at = $2 and slot = tstzrange($1, $2, '[)')
                                """,
                                one.atOffset(ZoneOffset.UTC),
                                one.plus(30, ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC)))
                .isEqualTo(1);
    }

    @Test
    void afterTheDeadlineNothingIsChangedAndNothingIsRemembered() {
        String booking = booked(MARIA.e164(), noon);

        CompletableFuture<Done> late =
                decide(
                        database.one(),
                        key(MARIA, "CA1", "a"),
                        in(Duration.ofSeconds(-1)),
                        _ -> new Decision.Cancel(booking, PgAppointmentStoreTest::said));

        assertThatThrownBy(() -> await(late)).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(confirmedAt(noon)).isEqualTo(1);
        assertThat(database.count("select count(*) from tool_calls")).isZero();
    }

    @Test
    void whoHoldsTheAppointmentForTooLongMakesItAwayNotChanged() {
        String booking = booked(MARIA.e164(), noon);

        try (var _ = database.transaction("select from bookings for update")) {
            CompletableFuture<Done> ours =
                    move(database.one(), key(MARIA, "CA1", "a"), booking, one);

            assertThatThrownBy(() -> await(ours)).hasMessageContaining("lock timeout");
        }

        assertThat(confirmedAt(noon)).isEqualTo(1);
    }

    @Test
    void anAppointmentOfAnotherNumberIsNotCancelled() {
        String johns = booked(JOHN.e164(), noon);

        CompletableFuture<Done> notMine =
                decide(
                        database.one(),
                        key(MARIA, "CA1", "a"),
                        in(Duration.ofSeconds(10)),
                        _ -> new Decision.Cancel(johns, PgAppointmentStoreTest::said));

        assertThatThrownBy(() -> await(notMine)).hasMessageContaining("not there any more");
        assertThat(confirmedAt(noon)).isEqualTo(1);
    }

    private Known look(PhoneNumber caller, String call) {
        var seen = new AtomicReference<Known>();
        await(
                decide(
                        database.one(),
                        key(caller, call, "look"),
                        in(Duration.ofSeconds(10)),
                        known -> {
                            seen.set(known);
                            return new Decision.Nothing(PgAppointmentStoreTest::nothing);
                        }));
        return seen.get();
    }

    private static CompletableFuture<Done> move(
            Pool pool, BookingStore.Key key, String booking, Instant to) {
        var slot = new Slot(to, to.plus(30, ChronoUnit.MINUTES), to.plus(30, ChronoUnit.MINUTES));
        return decide(
                pool,
                key,
                in(Duration.ofSeconds(10)),
                _ ->
                        new Decision.Move(
                                booking,
                                slot,
                                PgAppointmentStoreTest::said,
                                PgAppointmentStoreTest::nothing));
    }

    private static CompletableFuture<Done> decide(
            Pool pool, BookingStore.Key key, Deadline deadline, Function<Known, Decision> rule) {
        return new PgAppointmentStore(pool)
                .decide(key, "a_tool", deadline, rule)
                .toCompletableFuture();
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time);
    }

    private static ToolResult said(Booking booking) {
        return ToolResult.success(
                "done", Map.of("id", booking.id(), "start", booking.start().toString()));
    }

    private static <T> CompletionStage<T> nothing() {
        return CompletableFuture.failedFuture(new IllegalStateException("nobody asked for more"));
    }

    private String booked(String phone, Instant at) {
        return String.valueOf(
                database.text(
                        """
                        insert into bookings (client_phone, scheduled_time, service_type, resource_id, slot)
                        select $1, $2, 'general', id, tstzrange($2, $3, '[)') from resources
                        returning id::text
                        """,
                        phone,
                        at.atOffset(ZoneOffset.UTC),
                        at.plus(30, ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC)));
    }

    private long confirmedAt(Instant time) {
        return database.count(
                "select count(*) from bookings where scheduled_time = $1 and status = 'confirmed'",
                time.atOffset(ZoneOffset.UTC));
    }

    private void heard(String call, String key, String verstat) {
        database.execute(
                """
                insert into call_events (dedupe_key, call_sid, kind, fields)
                values ($1, $2, 'announced', jsonb_build_object('StirVerstat', $3::text))
                """,
                key,
                sid(call),
                verstat);
    }

    private static BookingStore.Key key(PhoneNumber caller, String call, String toolCall) {
        return new BookingStore.Key(
                caller, Optional.of(new CallSid(sid(call))), Optional.of(toolCall));
    }

    private static String sid(String call) {
        return "CA" + "0".repeat(32 - (call.length() - 2)) + call.substring(2);
    }
}
