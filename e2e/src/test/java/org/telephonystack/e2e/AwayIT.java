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
import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.phone.AfterLoss;
import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.CallerPlan.DialAnswer;
import org.telephonystack.simulator.phone.PhoneCall;
import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.stack.ServiceProcess;
import org.telephonystack.simulator.world.World;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// The database, free places or the way to the model away while callers talk: two stream processes behind a balancer, a wire
/// to the model that can swallow what passes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
@Order(Integer.MAX_VALUE - 1)
class AwayIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PLACES = 24;

    /// Little faster than it is heard: an answer can break off in the middle.
    private static final ModelPace AS_FAST_AS_IT_IS_HEARD =
            new ModelPace(Duration.ofMillis(10), Duration.ofMillis(150));

    /// Pings go out every three seconds, and the next must find the last one answered.
    private static final Duration UNANSWERED_PING = Duration.ofSeconds(6);

    private static final Duration UNANSWERED_PING_AND_AN_ANSWER = Duration.ofSeconds(8);

    private static final DialAnswer NOT_THERE =
            new DialAnswer("no-answer", Duration.ofMillis(500), Duration.ZERO);

    /// Longer than an assistant pauses for breath.
    private static final Duration BROKE_OFF = Duration.ofMillis(1_500);

    private final Vertx vertx = Vertx.vertx();
    private final Hop balancer = new Hop(vertx);
    private final Hop wire = new Hop(vertx);
    private World world;
    private Calls calls;

    @BeforeAll
    void startWorld() {
        world =
                World.start(
                        Worlds.settings("away")
                                .pace(AS_FAST_AS_IT_IS_HEARD)
                                .stack(stack -> {
                                    Worlds.prepare(stack, "away");
                                    Faults.patient(stack);
                                    stack.streams(2)
                                            .modelBy(this::byTheWire)
                                            .environment(
                                                    Service.STREAM,
                                                    "TELEPHONY_STREAM_CALL_LIMIT",
                                                    String.valueOf(PLACES / 2))
                                            .environment(
                                                    Service.STREAM,
                                                    "TELEPHONY_CALL_RECONNECT_CLIP_AFTER",
                                                    "1500ms")
                                            .environment(
                                                    Service.STREAM,
                                                    "TELEPHONY_MODEL_PING_EVERY",
                                                    "3s")
                                            .environment(
                                                    Service.STREAM,
                                                    "TELEPHONY_CALL_CALLER_SILENCE",
                                                    "60s");
                                }));
        calls = new Calls(world);
        balancer.leadTo(world.stack().stream(1).url(), world.stack().stream(2).url());
        world.routeStreamsTo(balancer.url());
    }

    private URI byTheWire(URI model) {
        wire.leadTo(model);
        return wire.url().resolve(model.getPath());
    }

    @AfterAll
    void stopWorld() {
        Worlds.close(world);
        balancer.close();
        wire.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @Order(20)
    void tenCallsDoNotNoticeThatPostgresIsRestarted() {
        List<Talk> talks = Talk.begin(world, 10, AfterLoss.ASK_ACTION);

        world.database().stop();
        Talk.together(talks, talk -> talk.saysAndHearsAnswer("interrupt"));
        world.database().start();
        Talk.together(talks, Talk::takesLeave);

        assertThat(talks).allSatisfy(this::wentOnUndisturbed);
        Reliability.note("c PostgreSQL restarted", talks.size(), "nobody noticed", Waits.NONE);
    }

    @Test
    @Order(30)
    void tenCallsDoNotNoticeThatPostgresStandsStillForTenSeconds() {
        List<Talk> talks = Talk.begin(world, 10, AfterLoss.ASK_ACTION);

        world.database().suspend();
        long stopped = System.nanoTime();
        try {
            Talk.together(talks, talk -> talk.saysAndHearsAnswer("interrupt"));
            await().atMost(SOON)
                    .until(() -> System.nanoTime() - stopped > Duration.ofSeconds(10).toNanos());
        } finally {
            world.database().resume();
        }
        // Long enough for a reaper that would take everybody's silence for death.
        Talk.together(talks, talk -> talk.saysAndHearsAnswer("interrupt"));
        Talk.together(talks, Talk::takesLeave);

        assertThat(talks).allSatisfy(this::wentOnUndisturbed);
        assertThat(world.stack().action().lines())
                .noneMatch(
                        line -> line.contains("Instance Lost") || line.contains("Call Redirected"));
        // Whoever counts the places has noticed that the database is back.
        awaitFreePlaces(PLACES);
        Reliability.note(
                "d every PostgreSQL process stopped for 10 s",
                talks.size(),
                "nobody noticed, nobody was redirected",
                Waits.NONE);
    }

    @Test
    @Order(10)
    void whoeverFindsAllPlacesTakenHearsSoAndReachesAPersonOrLeavesAMessageOrGetsOneText() {
        awaitFreePlaces(PLACES);
        List<Talk> talks = Talk.begin(world, PLACES, AfterLoss.ASK_ACTION);
        awaitFreePlaces(0);
        String number = Calls.newNumber();
        String silent = Calls.newNumber();

        PhoneCall call = world.dial(CallerPlan.from(number));
        PhoneCall silentCall =
                world.dial(CallerPlan.from(silent).human(NOT_THERE).saysNothingAfterTheTone());

        CallRecord record = foundAFullHouse(call);
        assertThat(
                        record.events().stream()
                                .anyMatch(event ->
                                        event.is(CallEvent.Kind.DIAL)
                                                || event.is(CallEvent.Kind.RECORD)))
                .isTrue();
        CallRecord silentRecord = foundAFullHouse(silentCall);
        world.twilio().awaitMessageTo(silent, SOON).join();
        assertThat(calls.outcome(silentRecord.callSid())).isEqualTo("declined");
        assertThat(world.twilio().messagesTo(silent))
                .singleElement()
                .satisfies(text ->
                        assertThat(text.body()).startsWith("Sorry we couldn't take your call!"));
        assertThat(world.twilio().messagesTo(number)).isEmpty();
        Talk.together(talks, Talk::takesLeave);
        assertThat(talks).allSatisfy(this::wentOnUndisturbed);
        Reliability.note(
                "f all places taken",
                2,
                "told so, put through to a person or asked for a message; who left none got one text",
                Waits.NONE);
    }

    private static CallRecord foundAFullHouse(PhoneCall call) {
        CallRecord record = Calls.done(call.settled());
        assertThat(record.streams()).isEmpty();
        assertThat(record.textsOf(CallEvent.Kind.SAY))
                .first()
                .asString()
                .startsWith("All our lines are busy at the moment.");
        return record;
    }

    @Test
    @Order(40)
    void callersHearAWordAgainWhenBytesOnTheWayToTheModelAreSwallowed() {
        var waits = new ArrayList<Long>();

        waits.addAll(silencesWhenSwallowed(EnumSet.allOf(Hop.Way.class), 3));
        waits.addAll(silencesWhenSwallowed(EnumSet.of(Hop.Way.BACK), 1));
        // What the model says arrives: no answer breaks off.
        waits.addAll(silencesWhenSwallowed(EnumSet.of(Hop.Way.FORTH), 0));
        System.out.println("[Reliability] g, in ms: " + waits);
        var silences = new Waits(waits).below(UNANSWERED_PING, UNANSWERED_PING_AND_AN_ANSWER);

        Reliability.note(
                "g bytes between stream and model swallowed, one way or both",
                silences.count(),
                "all went on with another connection",
                silences);
    }

    /// The sockets stay open. Some callers are in the middle of an answer, some in the middle of a sentence, some say something
    /// only after it, and one calls then.
    ///
    /// @return how long each of them heard nothing
    private List<Long> silencesWhenSwallowed(Set<Hop.Way> ways, int answeredOnes) {
        List<Talk> talks = Talk.begin(world, answeredOnes + 4, AfterLoss.ASK_ACTION);
        List<Talk> answered = talks.subList(0, answeredOnes);
        List<Talk> speaking = talks.subList(answeredOnes, answeredOnes + 2);
        List<Talk> listening = talks.subList(answeredOnes + 2, answeredOnes + 4);
        Talk.together(
                answered,
                talk -> talk.says("repeat").thenCompose(_ -> talk.hearsTheBeginningOfAnAnswer()));
        var sentences = speaking.stream().map(talk -> talk.says("book")).toList();
        await().atMost(SOON).until(() -> speaking.stream().allMatch(this::isHeardByItsModel));
        List<CompletableFuture<Long>> words =
                talks.stream()
                        .map(talk -> talk.hearsAWordAfterSilence(talk.events(), BROKE_OFF))
                        .toList();

        wire.swallow(ways);
        var late = CompletableFuture.supplyAsync(() -> Talk.begin(world, 1, AfterLoss.ASK_ACTION));
        Talk.all(sentences);
        Talk.together(listening, talk -> talk.says("interrupt"));
        Talk.all(words);
        List<Talk> all = Stream.of(talks, Calls.done(late)).flatMap(List::stream).toList();
        Talk.together(all, Talk::takesLeave);

        assertThat(all).allSatisfy(this::wentOnUndisturbed);
        return Stream.concat(words.stream(), late.join().stream().map(Talk::greetedAfterMillis))
                .map(Calls::done)
                .toList();
    }

    private boolean isHeardByItsModel(Talk talk) {
        return world.model().connectionsOf(talk.number()).stream()
                .anyMatch(connection ->
                        !connection.sent("input_audio_buffer.speech_started").isEmpty());
    }

    private void wentOnUndisturbed(Talk talk) {
        CallRecord record = Calls.done(talk.settled());
        assertThat(record.streams()).as("streams of %s", talk.callSid()).hasSize(1);
        assertThat(record.endedBy()).isEqualTo("twiml");
        assertThat(calls.outcome(talk.callSid())).isEqualTo("completed");
        assertThat(
                        calls.rows(
                                "select why from call_takeovers where why <> 'left' and call_sid = ?",
                                talk.callSid()))
                .isEmpty();
        assertThat(world.twilio().messagesTo(talk.number())).isEmpty();
    }

    /// In the database first: what frontdoor hears after that is no older.
    private void awaitFreePlaces(int free) {
        var _ =
                calls.awaitRows(
                        rows -> rows.getFirst().get("free").equals(String.valueOf(free)),
                        "select sum(call_limit - active_calls) as free from stream_instances "
                                + "where heartbeat_at > now() - interval '10 seconds' and stopped_at is null");
        await("free places as frontdoor believes")
                .atMost(SOON)
                .until(this::freePlaces, known -> known == free);
    }

    /// As frontdoor believes: it learns it in the background.
    private double freePlaces() {
        return metric(world.stack().frontdoor(), "telephony_places_free");
    }

    private static double metric(ServiceProcess process, String name) {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request =
                    HttpRequest.newBuilder(process.managementUrl().resolve("/q/metrics")).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }
}
