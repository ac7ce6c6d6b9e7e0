package org.telephonystack.stream.call.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Against a new database and against one that held the edge functions' tables, with other ids and no dates.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgCallContextLookupTest {

    private static final String CALLER = "+14155550199";

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedDatabase server = EmbeddedDatabase.temporary();
    private DatabaseAddress fresh = server.address();
    private DatabaseAddress old = server.address();

    @BeforeAll
    void twoDatabases() throws SQLException {
        fresh = server.createDatabase("fresh");
        migrate(fresh);
        run(
                fresh,
                """
                insert into clients (phone, first_name, last_name, created_at) values
                    ('+14155550199', 'Mary', 'Old', now() - interval '2 years'),
                    ('(415) 555-0199', 'Maria', 'Lopez', now()), ('+14155550111', 'Someone', 'Else', now());
                insert into tickets (client_id, subject, status, created_at)
                    select id, 'case ' || n, case when n = 2 then 'closed' else 'open' end, now() - n * interval '1 day'
                    from clients, generate_series(1, 6) n where first_name = 'Maria';
                insert into bookings (client_phone, scheduled_time, service_type) values
                    ('+14155550199', '2026-11-24T15:00:00Z', 'cleaning'), ('+14155550199', '2026-10-01T15:00:00Z', 'gone'),
                    ('+14155550199', '2025-10-01T15:00:00Z', 'gone'), ('+14155550199', '2024-10-01T15:00:00Z', 'gone'),
                    ('+14155550111', '2027-11-24T15:00:00Z', 'cleaning');
                insert into business (name, time_zone, language, persona, voice) values
                    ('Bright Smile', 'America/Los_Angeles', 'en-US', 'Be kind.', 'shimmer');
                insert into services (name, label, duration_minutes, active) values
                    ('cleaning', 'dental cleaning', 30, true), ('retired', 'old', 30, false);
                insert into opening_hours (weekday, opens, closes) values (1, '09:00', '17:00'), (2, '09:00', '24:00');
                insert into opening_exceptions (day, opens, closes, label) values
                    (current_date + 10, null, null, 'Holiday'), (current_date - 10, null, null, 'Past');
                """);
        old = server.createDatabase("old");
        run(
                old,
                """
                create table clients (id bigint primary key, phone text, first_name text, last_name text);
                create table tickets (id bigint primary key, client_id bigint, subject text, status text);
                create table bookings (id bigint primary key, client_phone text, scheduled_time timestamptz,
                    service_type text, status text);
                insert into clients values (1, '+14155550199', 'Ann', null);
                insert into tickets values (7, 1, 'broken', 'open'), (8, 1, 'mended', 'closed');
                insert into bookings values (9, '+14155550199', '2026-11-24T15:00:00Z', 'general', 'confirmed');
                """);
        migrate(old);
    }

    @AfterAll
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void everythingAboutACallerComesInOneAnswer() {
        CallContext context = found(lookup(fresh), CALLER);

        assertThat(context.client()).contains(new CallContext.Client("Maria", "Lopez"));
        assertThat(context.openTickets())
                .extracting(CallContext.OpenTicket::subject)
                .containsExactly("case 1", "case 3", "case 4");
        assertThat(context.latestBookings())
                .containsExactly(
                        new CallContext.LatestBooking(
                                Instant.parse("2026-11-24T15:00:00Z"),
                                "dental cleaning",
                                "confirmed"),
                        new CallContext.LatestBooking(
                                Instant.parse("2026-10-01T15:00:00Z"), "gone", "confirmed"),
                        new CallContext.LatestBooking(
                                Instant.parse("2025-10-01T15:00:00Z"), "gone", "confirmed"));
        CallContext.Business business = context.business().orElseThrow();
        assertThat(business.name()).isEqualTo("Bright Smile");
        assertThat(business.zone()).isEqualTo(ZoneId.of("America/Los_Angeles"));
        assertThat(business.services())
                .containsExactly(new CallContext.Service("cleaning", "dental cleaning", 30));
        assertThat(business.openingHours())
                .containsExactly(
                        new CallContext.OpeningHours(
                                DayOfWeek.MONDAY, LocalTime.of(9, 0), LocalTime.of(17, 0)),
                        new CallContext.OpeningHours(
                                DayOfWeek.TUESDAY, LocalTime.of(9, 0), LocalTime.of(23, 59)));
        assertThat(business.exceptions())
                .singleElement()
                .satisfies(day -> assertThat(day.label()).contains("Holiday"));
    }

    @Test
    void anUnknownOrWithheldNumberIsANewCallerWithTheSameBusiness() {
        for (String number : List.of("+12125550000", "anonymous", "")) {
            CallContext context = found(lookup(fresh), number);

            assertThat(context.client()).isEmpty();
            assertThat(context.openTickets()).isEmpty();
            assertThat(context.latestBookings()).isEmpty();
            assertThat(context.business()).isPresent();
        }
    }

    @Test
    void theEdgeFunctionsTablesAnswerTooWithoutABusiness() {
        CallContext context = found(lookup(old), CALLER);

        assertThat(context.client()).contains(new CallContext.Client("Ann", ""));
        assertThat(context.openTickets())
                .containsExactly(new CallContext.OpenTicket("7", "broken", "open"));
        assertThat(context.latestBookings()).hasSize(1);
        assertThat(context.business()).isEmpty();
    }

    @Test
    void aTicketIsRedeemedOnceWhicheverProcessSeesIt() {
        CallStart start = start(CALLER);

        assertThat(answer(lookup(fresh), start)).isInstanceOf(Answer.Found.class);
        assertThat(answer(lookup(fresh), start)).isInstanceOf(Answer.Replayed.class);
    }

    @Test
    void aCallThatIsTakenUpAgainKnowsWhatWasHeardAndDone() throws SQLException {
        run(
                fresh,
                """
                insert into call_turns (call_sid, attempt, seq, role, content, at) values
                    ('CA2', 1, 1, 'assistant', 'Hello Maria.', now()), ('CA2', 1, 3, 'assistant', 'At ten?', now()),
                    ('CA2', 1, 2, 'caller', 'A cleaning, please.', now()), ('CA2', 2, 1, 'caller', 'Yes.', now()),
                    ('CA3', 1, 1, 'caller', 'Somebody else.', now());
                insert into tool_calls (call_sid, tool_call_id, action, outcome, answer) values
                    ('CA2', 'call_1', 'create_booking', 'success', '{"script": "It is booked."}');
                """);

        assertThat(soFar("CA2", StreamTicket.Kind.RESUME))
                .containsExactly(
                        new Spoken(Speaker.ASSISTANT, "Hello Maria."),
                        new Spoken(Speaker.CALLER, "A cleaning, please."),
                        new Spoken(Speaker.ASSISTANT, "At ten?"),
                        new Spoken(Speaker.CALLER, "Yes."),
                        new Spoken(
                                Speaker.NOTE,
                                "Already carried out in this call, not to be repeated: create_booking, success."
                                        + " Its answer: {\"script\": \"It is booked.\"}"));
        assertThat(soFar("CA2", StreamTicket.Kind.NEW)).isEmpty();
        assertThat(soFar("CA4", StreamTicket.Kind.RESUME)).isEmpty();
    }

    @Test
    void aCallThatIsTakenUpAgainKnowsHowItsNewestStreamEnded() throws SQLException {
        run(
                fresh,
                """
                insert into calls (call_sid, attempt, end_reason) values
                    ('CA5', 1, 'transfer'), ('CA6', 1, null), ('CA7', 1, 'a reason of a later version');
                """);

        assertThat(earlierEnd("CA5", StreamTicket.Kind.RESUME)).contains(EndReason.TRANSFER);
        assertThat(earlierEnd("CA5", StreamTicket.Kind.NEW)).isEmpty();
        assertThat(earlierEnd("CA6", StreamTicket.Kind.RESUME)).isEmpty();
        assertThat(earlierEnd("CA7", StreamTicket.Kind.RESUME)).isEmpty();
        assertThat(earlierEnd("CA8", StreamTicket.Kind.RESUME)).isEmpty();
    }

    private Optional<EndReason> earlierEnd(String callSid, StreamTicket.Kind kind) {
        CallStart start = start(CALLER, callSid, kind);
        return ((Answer.Found) answer(lookup(fresh), start)).earlier().end();
    }

    @Test
    void aCallThatIsTakenUpAgainKnowsWhenItBegan() throws SQLException {
        run(
                fresh,
                """
                insert into calls (call_sid, announced_at, stream_started_at) values
                    ('CA12', now() - interval '20 minutes', now() - interval '1 minute'),
                    ('CA13', null, now() - interval '1 minute'), ('CA14', null, now() + interval '1 hour');
                insert into call_turns (call_sid, attempt, seq, role, content, at) values
                    ('CA13', 1, 1, 'assistant', 'Hello.', now() - interval '10 minutes');
                """);

        assertThat(lasted("CA12", StreamTicket.Kind.RESUME)).hasMinutes(20);
        assertThat(lasted("CA13", StreamTicket.Kind.RESUME)).hasMinutes(10);
        assertThat(lasted("CA14", StreamTicket.Kind.RESUME)).isZero();
        assertThat(lasted("CA15", StreamTicket.Kind.RESUME)).isZero();
        assertThat(lasted("CA12", StreamTicket.Kind.NEW)).isZero();
    }

    /// In whole minutes.
    private Duration lasted(String callSid, StreamTicket.Kind kind) {
        CallStart start = start(CALLER, callSid, kind);
        Duration exact = ((Answer.Found) answer(lookup(fresh), start)).earlier().lasted();
        return Duration.ofMinutes(exact.toMinutes());
    }

    @Test
    void aCallThatIsTakenUpAgainKnowsWhichToolsWereUnderWay() throws SQLException {
        run(
                fresh,
                """
                insert into call_tool_requests (call_sid, tool_call_id, attempt, action, params, at, answered_at) values
                    ('CA9', 'second', 1, 'take_message', '{"message": "Later."}', now() - interval '1 second', null),
                    ('CA9', 'first', 1, 'create_ticket', '{"subject": "A tap"}', now() - interval '2 seconds', null),
                    ('CA9', 'answered', 1, 'create_ticket', null, now(), now()),
                    ('CA9', 'done', 1, 'create_ticket', '{}', now(), null),
                    ('CA9', 'given up', 1, 'create_ticket', '{}', now() - interval '3 minutes', null),
                    ('CA10', 'first', 1, 'create_ticket', '{}', now(), null);
                insert into tool_calls (call_sid, tool_call_id, action, outcome, answer) values
                    ('CA9', 'done', 'create_ticket', 'success', '{"script": "Done."}');
                """);

        assertThat(underWay("CA9", StreamTicket.Kind.RESUME))
                .containsExactly(
                        new ToolRequested(
                                "",
                                "first",
                                "create_ticket",
                                Optional.of(Map.of("subject", "A tap"))),
                        new ToolRequested(
                                "",
                                "second",
                                "take_message",
                                Optional.of(Map.of("message", "Later."))));
        assertThat(underWay("CA9", StreamTicket.Kind.NEW)).isEmpty();
        assertThat(underWay("CA11", StreamTicket.Kind.RESUME)).isEmpty();
    }

    private List<ToolRequested> underWay(String callSid, StreamTicket.Kind kind) {
        CallStart start = start(CALLER, callSid, kind);
        return ((Answer.Found) answer(lookup(fresh), start)).earlier().underWay();
    }

    private List<Spoken> soFar(String callSid, StreamTicket.Kind kind) {
        CallStart start = start(CALLER, callSid, kind);
        return ((Answer.Found) answer(lookup(fresh), start)).context().soFar();
    }

    @Test
    void aRehearsalRemembersTheBusinessAndLeavesNoRow() throws SQLException {
        PgCallContextLookup lookup = lookup(fresh);
        assertThat(lookup.lastKnown()).isEqualTo(CallContext.NOTHING);

        lookup.rehearse().await().indefinitely();

        assertThat(lookup.lastKnown().business()).isPresent();
        assertThat(lookup.lastKnown().client()).isEmpty();
        try (var connection = fresh.connect();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select from stream_tickets where call_sid = 'rehearsal'")) {
            assertThat(rows.next()).isFalse();
        }
    }

    private static CallContext found(PgCallContextLookup lookup, String caller) {
        return ((Answer.Found) answer(lookup, start(caller))).context();
    }

    private static Answer answer(PgCallContextLookup lookup, CallStart start) {
        return lookup.lookup(start).toCompletableFuture().join();
    }

    private static CallStart start(String caller) {
        return start(caller, "CA1", StreamTicket.Kind.NEW);
    }

    private static CallStart start(String caller, String callSid, StreamTicket.Kind kind) {
        String nonce = UUID.randomUUID().toString();
        return new CallStart(
                new CallSid(callSid),
                new StreamSid("MZ1"),
                caller,
                "",
                new StreamTicket(kind, 1, nonce, Instant.now().plusSeconds(60)),
                Instant.now());
    }

    private PgCallContextLookup lookup(DatabaseAddress address) {
        var options = PgConnectOptions.fromUri(address.url());
        return new PgCallContextLookup(
                Pool.newInstance(
                        PgBuilder.pool()
                                .connectingTo(options)
                                .with(new PoolOptions().setMaxSize(2))
                                .using(vertx)
                                .build()));
    }

    private static void migrate(DatabaseAddress address) {
        Flyway.configure()
                .dataSource(address.jdbcUrl(), null, null)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private static void run(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
