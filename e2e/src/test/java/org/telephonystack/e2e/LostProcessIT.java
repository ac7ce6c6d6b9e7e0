package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.telephonystack.simulator.phone.AfterLoss;
import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.stack.ServiceProcess;
import org.telephonystack.simulator.world.World;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Processes that die or leave while callers talk: two stream processes behind a balancer, real signals, in a world of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
@Order(Integer.MAX_VALUE)
class LostProcessIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    /// Where Twilio asks what to do next.
    private static final Duration HALF = Duration.ofMillis(1_500);

    private static final Duration ALMOST_ALL = Duration.ofSeconds(3);

    /// Where nobody asks, and the reaper notices.
    private static final Duration UNASKED = Duration.ofSeconds(6);

    private final Vertx vertx = Vertx.vertx();
    private final Hop balancer = new Hop(vertx);
    private World world;
    private Calls calls;

    @BeforeAll
    void startWorld() {
        world =
                World.start(
                        Worlds.settings("lost-process")
                                .stack(stack -> {
                                    Worlds.prepare(stack, "lost-process");
                                    Faults.patient(stack);
                                    stack.streams(2);
                                }));
        calls = new Calls(world);
        world.routeStreamsTo(balancer.url());
        balancer.leadTo(stream(1).url(), stream(2).url());
    }

    @AfterAll
    void stopWorld() {
        Worlds.close(world);
        balancer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @Order(1)
    void tenCallsOfAKilledProcessGoOnAtTheOtherAndAreBookedOnce() throws SQLException {
        balancer.leadTo(stream(1).url());
        List<Talk> everybody = Talk.begin(world, 10, AfterLoss.ASK_ACTION);
        List<Talk> asked = everybody.subList(0, 7);
        List<Talk> silent = everybody.subList(7, 10);
        silent.forEach(talk -> talk.whenLost(AfterLoss.NOTHING));
        List<Talk> speaking = joined(asked.subList(0, 3), silent.subList(0, 1));
        List<Talk> looking = joined(asked.subList(3, 5), silent.subList(1, 2));
        List<Talk> booking = joined(asked.subList(5, 7), silent.subList(2, 3));
        Talk.together(booking, talk -> talk.saysAndHearsAnswer("book"));

        try (Connection database = world.database().connect();
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("lock table bookings in access exclusive mode");
            Talk.together(looking, talk -> talk.says("book"));
            Talk.together(booking, talk -> talk.says("yes"));
            await().atMost(SOON).until(() -> waitingForLocks() >= 6);
            Talk.together(
                    speaking,
                    talk ->
                            talk.says("repeat")
                                    .thenCompose(_ -> talk.hearsTheBeginningOfAnAnswer()));
            balancer.leadTo(stream(2).url());
            stream(1).kill();
            database.commit();
        }
        List<Talk> all = joined(asked, silent);
        Talk.together(all, Talk::hearsTheAssistantAgain);
        Talk.together(joined(looking, booking), Talk::hearsAnswer);
        Talk.together(all, Talk::takesLeave);

        assertThat(all).allSatisfy(talk -> wentOnAndEndedWell(talk, 2));
        assertThat(booking).allSatisfy(talk -> assertThat(bookings(talk)).isEqualTo(1));
        assertThat(joined(speaking, looking))
                .allSatisfy(talk -> assertThat(bookings(talk)).isZero());
        assertThat(takenUpBy(asked)).containsOnly("after_stream lost");
        assertThat(takenUpBy(silent)).containsOnly("reaper lost");
        Reliability.note(
                "a1 `kill -9` under speech, tool calls and bookings; Twilio asks",
                asked.size(),
                "all went on, booked once",
                silences(asked).below(HALF, ALMOST_ALL));
        Reliability.note(
                "a2 the same, and Twilio does not notice: the reaper redirects",
                silent.size(),
                "all went on, booked once",
                silences(silent).below(UNASKED, UNASKED));
    }

    @Test
    @Order(2)
    void aProcessThatIsToldToLeaveHandsItsCallsOverWithoutLosingAWord() {
        world.stack().restart(stream(1));
        balancer.leadTo(stream(2).url());
        List<Talk> talks = Talk.begin(world, 10, AfterLoss.ASK_ACTION);
        Talk.together(
                talks,
                talk -> talk.says("repeat").thenCompose(_ -> talk.hearsTheBeginningOfAnAnswer()));

        balancer.leadTo(stream(1).url());
        long told = System.nanoTime();
        ServiceProcess leaving = stream(2);
        leaving.terminate();
        Talk.together(talks, Talk::hearsTheAssistantAgain);
        leaving.awaitExit(Duration.ofSeconds(60));
        long left = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - told);
        Talk.together(talks, Talk::takesLeave);

        assertThat(talks)
                .allSatisfy(talk -> {
                    wentOnAndEndedWell(talk, 2);
                    assertThat(firstHeard(done(talk)))
                            .as("the answer in which the process was told to leave")
                            .isEqualTo(Talk.LONG_ANSWER);
                });
        assertThat(takenUpBy(talks)).containsOnly("after_stream handed_over");
        assertThat(left).isLessThan(30_000);
        Reliability.note(
                "b SIGTERM in the middle of ten sentences",
                talks.size(),
                "every word was heard, all went on; the process was gone after "
                        + left / 1000
                        + " s",
                silences(talks).below(HALF, ALMOST_ALL));
    }

    @Test
    @Order(3)
    void anActionThatIsKilledDuringABookingBooksNothingAndOnceWhenAskedAgain() throws SQLException {
        List<Talk> talks = Talk.begin(world, 3, AfterLoss.ASK_ACTION);
        Talk.together(talks, talk -> talk.saysAndHearsAnswer("book"));

        ServiceProcess action = world.stack().action();
        try (Connection database = world.database().connect();
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("lock table bookings in access exclusive mode");
            Talk.together(talks, talk -> talk.says("yes"));
            await().atMost(SOON).until(() -> waitingForLocks() >= 3);
            action.kill();
            action.awaitExit(SOON);
            database.commit();
        }
        Talk.together(talks, Talk::hearsAnswer);
        assertThat(talks).allSatisfy(talk -> assertThat(bookings(talk)).isZero());
        world.stack().restart(action);
        Talk.together(talks, talk -> talk.saysAndHearsAnswer("yes"));
        Talk.together(talks, Talk::takesLeave);

        assertThat(talks)
                .allSatisfy(talk -> {
                    assertThat(bookings(talk)).isEqualTo(1);
                    wentOnAndEndedWell(talk, 1);
                });
        Reliability.note(
                "e `kill -9` of action during a booking",
                talks.size(),
                "told that the calendar cannot be reached, then booked once",
                Waits.NONE);
    }

    @Test
    @Order(4)
    void whenEveryProcessIsKilledEachCallerHearsAnApologyAndGetsOneText() {
        List<Talk> asked = Talk.begin(world, 3, AfterLoss.ASK_ACTION);
        List<Talk> silent = Talk.begin(world, 1, AfterLoss.NOTHING);
        List<Talk> all = joined(asked, silent);

        streams().forEach(ServiceProcess::kill);
        Talk.together(all, Talk::settled);

        assertThat(all)
                .allSatisfy(talk -> {
                    world.twilio().awaitMessageTo(talk.number(), SOON).join();
                    calls.awaitRows(
                            rows -> rows.getFirst().get("state").equals("sent"),
                            "select state from sms_outbox where call_sid = ?",
                            talk.callSid());
                    assertThat(world.twilio().messagesTo(talk.number())).hasSize(1);
                    assertThat(done(talk).textsOf(CallEvent.Kind.SAY)).isNotEmpty();
                    assertThat(calls.outcome(talk.callSid())).isEqualTo("our_fault");
                });
        Reliability.note(
                "h every stream process killed",
                all.size(),
                "an apology, a person's telephone rings, one text each",
                Waits.NONE);
    }

    private void wentOnAndEndedWell(Talk talk, int streams) {
        CallRecord record = done(talk);
        assertThat(record.streams()).as("streams of %s", talk.callSid()).hasSize(streams);
        assertThat(record.endedBy()).isEqualTo("twiml");
        assertThat(calls.outcome(talk.callSid())).isEqualTo("completed");
        assertThat(world.twilio().messagesTo(talk.number()))
                .allSatisfy(message ->
                        assertThat(message.body()).doesNotContain("cut off", "lost connection"));
    }

    /// The sentences of the long answer, as far as they were heard to the end the first time.
    private static List<String> firstHeard(CallRecord record) {
        List<Clips.Found> heard = record.heard(Clips.of("assistant"));
        return Talk.LONG_ANSWER.stream()
                .filter(sentence ->
                        heard.stream()
                                .filter(found -> found.clip().text().equals(sentence))
                                .findFirst()
                                .filter(Clips.Found::isWhole)
                                .isPresent())
                .toList();
    }

    /// After the first stream: the end of the second one stands there too.
    private List<String> takenUpBy(List<Talk> talks) {
        return talks.stream()
                .map(talk ->
                        calls.rows(
                                        "select taken_by || ' ' || why as who from call_takeovers where call_sid = ? "
                                                + "order by attempt",
                                        talk.callSid())
                                .getFirst()
                                .get("who"))
                .toList();
    }

    private int bookings(Talk talk) {
        return calls.rows("select 1 from bookings where client_phone = ?", talk.number()).size();
    }

    private int waitingForLocks() {
        return calls.rows("select 1 from pg_locks where not granted").size();
    }

    private static Waits silences(List<Talk> talks) {
        return new Waits(talks.stream().map(talk -> Talk.silenceMillis(done(talk))).toList());
    }

    private static CallRecord done(Talk talk) {
        return Calls.done(talk.settled());
    }

    private ServiceProcess stream(int number) {
        return world.stack().stream(number);
    }

    private List<ServiceProcess> streams() {
        return world.stack().processes().stream()
                .filter(process -> process.service() == Service.STREAM)
                .filter(ServiceProcess::isAlive)
                .toList();
    }

    private static List<Talk> joined(List<Talk> some, List<Talk> others) {
        return Stream.of(some, others).flatMap(List::stream).toList();
    }
}
