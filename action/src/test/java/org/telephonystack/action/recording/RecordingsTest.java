package org.telephonystack.action.recording;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.mutiny.sqlclient.Pool;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.recording.postgres.PgRecordingStore;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// A message that a caller left: its callback stored once, its sound fetched with our credentials, deleted when its time is over.
@ActionTest
class RecordingsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CALL = "CA80000000000000000000000000000001";
    private static final String SID = "RE80000000000000000000000000000001";

    @Inject TestDatabase database;
    @Inject Pool pool;

    @Test
    void aMessageIsKeptForAWhileAndThenGoneEverywhere() throws IOException {
        String url = TwilioStub.resource("Recordings/" + SID);
        TwilioStub.stub(
                get(urlPathEqualTo(url + ".wav"))
                        .inScenario(SID)
                        .whenScenarioStateIs(STARTED)
                        .willReturn(aResponse().withStatus(404))
                        .willSetStateTo("ready"));
        TwilioStub.stub(
                get(urlPathEqualTo(url + ".wav"))
                        .inScenario(SID)
                        .whenScenarioStateIs("ready")
                        .withBasicAuth("AC00000000000000000000000000000001", TwilioStub.AUTH_TOKEN)
                        .willReturn(aResponse().withStatus(200).withBody("RIFF…")));
        TwilioStub.stub(
                delete(urlPathEqualTo(url + ".json")).willReturn(aResponse().withStatus(204)));

        report("in-progress", "0");
        for (int i = 0; i < 2; i++) {
            report("completed", "7");
        }
        report("in-progress", "0");

        awaitState("fetched");
        Path file = Path.of(TwilioStub.RECORDINGS, SID + ".wav");
        assertThat(Files.readString(file)).isEqualTo("RIFF…");
        assertThat(database.text("select seconds from recordings where recording_sid = $1", SID))
                .isEqualTo("7");
        assertThat(database.text("select call_sid from recordings where recording_sid = $1", SID))
                .isEqualTo(CALL);

        database.execute(
                "update recordings set created_at = now() - interval '31 days' where recording_sid = $1",
                SID);

        awaitState("deleted");
        assertThat(file).doesNotExist();
        assertThat(TwilioStub.deletions(url + ".json")).isEqualTo(1);
    }

    /// The account keeps its recordings in a store of its own.
    @Test
    void aRecordingThatIsElsewhereIsFetchedThereWithoutOurCredentials() throws IOException {
        String elsewhere = "RE80000000000000000000000000000003";
        TwilioStub.stub(
                get(urlPathEqualTo(TwilioStub.resource("Recordings/" + elsewhere + ".wav")))
                        .withBasicAuth("AC00000000000000000000000000000001", TwilioStub.AUTH_TOKEN)
                        .willReturn(
                                aResponse()
                                        .withStatus(307)
                                        .withHeader(
                                                "Location",
                                                TwilioStub.otherHost() + "/store/sound?permit=1")));
        TwilioStub.stub(
                get(urlPathEqualTo("/store/sound"))
                        .withQueryParam("permit", equalTo("1"))
                        .withHeader("Authorization", absent())
                        .willReturn(aResponse().withStatus(200).withBody("RIFF2")));

        report(elsewhere, "completed", "7");

        await().atMost(LIMIT)
                .until(() ->
                        "fetched"
                                .equals(
                                        database.text(
                                                "select state from recordings where recording_sid = $1",
                                                elsewhere)));
        assertThat(Files.readString(Path.of(TwilioStub.RECORDINGS, elsewhere + ".wav")))
                .isEqualTo("RIFF2");
    }

    /// Its callback came, and its repetitions did, while nobody could store them.
    @Test
    void aMessageWhoseCallbackWasLostIsFoundByAskingTwilio() {
        String call = "CA80000000000000000000000000000005";
        String lost = "RE80000000000000000000000000000005";
        TwilioStub.stub(
                get(urlPathEqualTo(TwilioStub.resource("Calls/" + call + "/Recordings.json")))
                        .willReturn(
                                aResponse()
                                        .withStatus(200)
                                        .withBody(
                                                """
                                                {"recordings":[{"sid":"%s","call_sid":"%s","status":"completed","duration":"9",
                                                  "source":"RecordVerb","channels":1}],"page":0,"page_size":50}
                                                """
                                                        .formatted(lost, call))));
        TwilioStub.stub(
                get(urlPathEqualTo(TwilioStub.resource("Recordings/" + lost + ".wav")))
                        .willReturn(aResponse().withStatus(200).withBody("RIFF")));
        database.execute(
                """
                insert into calls (call_sid, caller, outcome, outcome_reason, end_reason, outcome_at)
                values ($1, '+14155550805', 'voicemail', 'voicemail', 'voicemail', now() - interval '11 minutes')
                """,
                call);

        await().atMost(LIMIT)
                .until(() ->
                        "fetched9"
                                .equals(
                                        database.text(
                                                "select state || seconds from recordings where recording_sid = $1 and call_sid = $2",
                                                lost,
                                                call)));
    }

    @Test
    void twoProcessesTakeEachRecordingOnce() {
        database.execute(
                """
                insert into recordings (recording_sid, call_sid, seconds, state, created_at)
                select 'RE81' || lpad(n::text, 30, '0'), $1, 5, 'kept', now() - interval '10 years'
                from generate_series(1, 40) n
                """,
                CALL);
        var one = new PgRecordingStore(pool);
        var other = new PgRecordingStore(pool);
        var taken = new ConcurrentLinkedQueue<String>();

        CompletableFuture.allOf(drain(one, taken), drain(other, taken))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();

        // The service's own keeper may have been faster with some of them, and deletes those.
        assertThat(taken).doesNotHaveDuplicates();
        await().atMost(LIMIT)
                .until(() ->
                        database.count(
                                                "select count(*) from recordings where recording_sid like 'RE81%' and next_attempt_at > now()")
                                        + database.count(
                                                "select count(*) from recordings where recording_sid like 'RE81%' and state = 'deleted'")
                                >= 40);
        database.execute("delete from recordings where recording_sid like 'RE81%'");
    }

    private static CompletableFuture<Void> drain(PgRecordingStore store, Queue<String> taken) {
        return store.nextOlderThan(Duration.ofDays(3000))
                .toCompletableFuture()
                .thenCompose(next -> {
                    if (next.isEmpty()) {
                        return CompletableFuture.completedFuture(null);
                    }
                    taken.add(next.get().sid().value());
                    return drain(store, taken);
                });
    }

    /// Twilio may have it all the same.
    @Test
    void aRecordingNobodySpokeOfAgainIsDeletedWithTheOthers() {
        String expected = "RE80000000000000000000000000000004";
        String url = TwilioStub.resource("Recordings/" + expected + ".json");
        TwilioStub.stub(delete(urlPathEqualTo(url)).willReturn(aResponse().withStatus(204)));
        report(expected, "in-progress", "0");

        database.execute(
                "update recordings set created_at = now() - interval '31 days' where recording_sid = $1",
                expected);

        await().atMost(LIMIT)
                .until(() ->
                        "deleted"
                                .equals(
                                        database.text(
                                                "select state from recordings where recording_sid = $1",
                                                expected)));
        assertThat(TwilioStub.deletions(url)).isEqualTo(1);
    }

    @Test
    void aCallerWhoSaidNothingLeftNothing() {
        String silent = "RE80000000000000000000000000000002";
        report(silent, "completed", "0");
        report("REnotarecording", "completed", "5");

        assertThat(database.text("select state from recordings where recording_sid = $1", silent))
                .isEqualTo("none");
        assertThat(
                        database.count(
                                "select count(*) from recordings where recording_sid like 'REnot%'"))
                .isZero();
    }

    private static void report(String status, String seconds) {
        report(SID, status, seconds);
    }

    private static void report(String sid, String status, String seconds) {
        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "CallSid", CALL,
                                "RecordingSid", sid,
                                "RecordingStatus", status,
                                "RecordingDuration", seconds,
                                "RecordingUrl", "https://evil.example/" + sid,
                                "RecordingSource", "RecordVerb"))
                .then()
                .statusCode(200);
    }

    private void awaitState(String state) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(
                                        database.text(
                                                "select state from recordings where recording_sid = $1",
                                                SID))
                                .isEqualTo(state));
    }
}
