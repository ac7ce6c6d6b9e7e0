package org.telephonystack.action.reaper.postgres;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.reaper.OrphanedCall;
import org.telephonystack.action.reaper.SilentInstance;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Claims in the database: of the reapers and the question after the stream one gets a call.
@ActionTest
class PgInstancesTest {

    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final AtomicInteger NEXT = new AtomicInteger(0x1000);

    @Inject TestDatabase database;
    @Inject Pool pool;

    private final UUID process = UUID.randomUUID();
    private PgInstances instances;

    @BeforeEach
    void makeInstances() {
        instances = new PgInstances(pool, Duration.ofSeconds(60), Duration.ofSeconds(20));
    }

    @Test
    void aProcessIsSilentWhenItsHeartbeatIsOldAndItCarriesACall() {
        beats(process, "10 seconds");
        assertThat(silent()).doesNotContain(process);
        carries(process, newCall());
        assertThat(silent()).contains(process);

        beats(process, "0 seconds");
        assertThat(silent()).doesNotContain(process);
    }

    @Test
    void aProcessThatNobodyCanAskIsNeverJudged() {
        beats(process, "1 hour");
        carries(process, newCall());
        database.execute(
                "update stream_instances set internal_address = null where id = $1", process);

        assertThat(silent()).doesNotContain(process);
    }

    @Test
    void callsThatEndedOrAreOfAnotherProcessAreNotClaimed() {
        UUID living = UUID.randomUUID();
        beats(process, "10 seconds");
        beats(living, "0 seconds");
        String mine = newCall();
        String ended = newCall();
        carries(process, mine);
        carries(process, ended);
        carries(living, newCall());
        database.execute("update calls set stream_ended_at = now() where call_sid = $1", ended);

        assertThat(claim()).containsExactly(new OrphanedCall(new CallSid(mine), 1));
        assertThat(claim()).isEmpty();
        assertThat(join(instances.claimCallsOf(named(living), SILENCE))).isEmpty();
    }

    @Test
    void manyReapersAtOnceGetEachCallOnce() {
        beats(process, "10 seconds");
        for (int i = 0; i < 50; i++) {
            carries(process, newCall());
        }

        var claims = new ArrayList<CompletionStage<List<OrphanedCall>>>();
        for (int round = 0; round < 3; round++) {
            for (int reaper = 0; reaper < 6; reaper++) {
                claims.add(instances.claimCallsOf(named(process), SILENCE));
            }
            claims.forEach(PgInstancesTest::join);
        }

        assertThat(claims.stream().flatMap(claim -> join(claim).stream()))
                .doesNotHaveDuplicates()
                .hasSize(50);
    }

    @Test
    void aClaimThatLedToNothingIsTakenOnceMoreAfterAWhile() {
        beats(process, "10 seconds");
        String call = newCall();
        carries(process, call);
        assertThat(claim()).hasSize(1);
        assertThat(claim()).isEmpty();

        database.execute(
                "update call_takeovers set taken_at = now() - interval '2 minutes' where call_sid = $1",
                call);
        assertThat(claim()).hasSize(1);
    }

    @Test
    void whoeverAsksWhileTheReaperHasTheCallWaitsAndTheRedirectedQuestionIsAnswered() {
        beats(process, "10 seconds");
        String call = newCall();
        carries(process, call);
        assertThat(claim()).hasSize(1);

        ask(call, false).body("then", equalTo("wait"));
        ask(call, true).body("then", equalTo("connect_again")).body("attempt", equalTo(2));
        ask(call, false).body("then", equalTo("connect_again")).body("attempt", equalTo(2));
    }

    @Test
    void afterTheQuestionWasAnsweredTheReaperGetsNothing() {
        beats(process, "10 seconds");
        String call = newCall();
        carries(process, call);

        ask(call, false).body("then", equalTo("connect_again")).body("attempt", equalTo(2));

        assertThat(claim()).isEmpty();
        assertThat(database.text("select outcome from calls where call_sid = $1", call)).isNull();
        assertThat(database.count("select count(*) from sms_outbox where call_sid = $1", call))
                .isZero();
    }

    private List<UUID> silent() {
        return join(instances.silentFor(SILENCE)).stream().map(SilentInstance::id).toList();
    }

    private List<OrphanedCall> claim() {
        return join(instances.claimCallsOf(named(process), SILENCE));
    }

    private static SilentInstance named(UUID id) {
        return new SilentInstance(id, "http://10.0.0.1:9000", SILENCE, false);
    }

    private void beats(UUID id, String ago) {
        database.execute(
                """
                insert into stream_instances (id, address, internal_address, call_limit, heartbeat_at)
                values ($1, 'https://voice.example.com', 'http://10.0.0.1:9000', 100, clock_timestamp() - $2::text::interval)
                on conflict (id) do update set heartbeat_at = excluded.heartbeat_at
                """,
                id,
                ago);
    }

    private void carries(UUID id, String callSid) {
        database.execute(
                """
                insert into calls (call_sid, attempt, instance_id, stream_started_at) values ($1, 1, $2, now())
                """,
                callSid,
                id);
    }

    private static String newCall() {
        return "CA5000000000000000000000000000" + Integer.toHexString(NEXT.incrementAndGet());
    }

    private static ValidatableResponse ask(String callSid, boolean redirected) {
        var question =
                new JsonObject()
                        .put("callSid", callSid)
                        .put("attempt", 1)
                        .put("callStatus", "in-progress")
                        .put("from", "+14155550399")
                        .put("redirected", redirected);
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(question.encode())
                .post("/internal/after-stream")
                .then()
                .statusCode(200);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
