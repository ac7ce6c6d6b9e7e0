package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.simulator.stack.EmbeddedDatabase;
import org.telephonystack.stream.call.CallJournal.Speaker;
import org.telephonystack.stream.call.CallJournal.Turn;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.postgres.JournalEvents;
import org.telephonystack.stream.call.postgres.PatientWriter;
import org.telephonystack.stream.call.postgres.PgCallContextLookup;
import org.telephonystack.stream.call.postgres.PgCallJournal;
import org.telephonystack.stream.call.postgres.TurnWriter;
import org.telephonystack.stream.call.postgres.WarmConnections;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A database that goes without a word: its machine is lost, or the cable. Whoever answers at its address then is asked.
class VanishedDatabaseTest {

    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);
    private static final String IS_KNOWN =
            "select count(*)::text from pg_prepared_statements where statement like '%insert into stream_tickets%'";

    private static final EmbeddedDatabase SERVER = PooledDatabase.migrated();

    private final PooledDatabase database = new PooledDatabase(SERVER, SILENCE, 4);
    private final Wire wire = database.wire();

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void aQuestionUnderWayFailsAndTheNextIsAnswered() {
        database.answer(0, "select 'here'");

        wire.cut();

        assertThat(database.failure(0, "select 1"))
                .succeedsWithin(SOON)
                .satisfies(failure -> assertThat(failure).hasMessageContaining("lost"));
        assertThat(database.answer(0, "select 'here'")).isEqualTo("here");
        await().atMost(SOON).until(() -> wire.open() == 1 && wire.sound() == 1);
    }

    @Test
    void connectionsThatRestAreReplacedBeforeAnybodyAsks() {
        var warm = warm(SILENCE.dividedBy(3));
        warm.start().await().atMost(SOON);

        wire.cut();

        await().atMost(SOON)
                .until(() ->
                        wire.open() == PooledDatabase.LOOPS
                                && wire.sound() == PooledDatabase.LOOPS);
        for (int loop = 0; loop < PooledDatabase.LOOPS; loop++) {
            int here = loop;
            await().atMost(SOON).until(() -> database.answer(here, IS_KNOWN).equals("1"));
        }
        warm.close();
    }

    @Test
    void aDatabaseThatTakesConnectionsAndSaysNothingIsAskedAgainUntilItAnswers() {
        wire.cutForAll();
        assertThat(database.failure(0, "select 1")).succeedsWithin(SOON);

        wire.mend();

        assertThat(database.answer(0, "select 'here'")).isEqualTo("here");
    }

    /// What was sent into the void is sent again.
    @Test
    void theBooksOfACallAreComplete() {
        var events = new NoEvents();
        var journal =
                new PgCallJournal(
                        database.pool(),
                        new TurnWriter(database.vertx(), database.pool(), events),
                        new PatientWriter(database.pool(), events),
                        events,
                        UUID.randomUUID(),
                        start());
        warm(LONG).start().await().atMost(SOON);

        wire.cut();
        journal.started(start());
        journal.turn(hello());
        var ended = journal.ended(EndReason.ASSISTANT_ENDED);

        assertThat(ended.toCompletableFuture()).succeedsWithin(SOON);
        assertThat(database.text("select end_reason from calls")).isEqualTo("assistant_ended");
        await().atMost(SOON)
                .until(() -> database.text("select content from call_turns").equals("Hello?"));
    }

    private WarmConnections warm(Duration every) {
        return new WarmConnections(
                database.vertx().getDelegate(), new PgCallContextLookup(database.pool()), every);
    }

    private static Turn hello() {
        return new Turn(
                1,
                Speaker.CALLER,
                "Hello?",
                0,
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static CallStart start() {
        return new CallStart(
                new CallSid("CA" + "1a".repeat(16)),
                new StreamSid("MZ1"),
                "+14155550199",
                "",
                new StreamTicket(StreamTicket.Kind.NEW, 1, "nonce", Instant.EPOCH.plusSeconds(60)),
                Instant.EPOCH);
    }

    private static final class NoEvents implements JournalEvents {
        @Override
        public void notWritten(String what, CallSid callSid, Throwable cause) {}

        @Override
        public void turnsWait(int queued, Throwable cause) {}

        @Override
        public void turnsDropped(int count, String why) {}
    }
}
