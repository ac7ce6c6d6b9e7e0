package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;

import jakarta.inject.Inject;

import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.CallSid;
import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.call.ModelEvent;

import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class MediaStreamTest {

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init") // injected
    URI http;

    @Inject CallAdmission admission;
    @Inject FakeModels models;
    @Inject MeterRegistry meters;

    private int connectsBefore;

    @BeforeEach
    void nobodyIsCalling() {
        await().until(() -> admission.active() == 0);
        models.connected.clear();
        connectsBefore = models.connects.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {TwilioPeer.PATH, TwilioPeer.FUNCTIONS_PATH})
    void plainHttpIsToldToUpgrade(String path) {
        RestAssured.given().get(path).then().statusCode(426).header("Upgrade", "websocket");
        RestAssured.given().body("x").post(path).then().statusCode(426);
    }

    @Test
    void aForgedHandshakeIsRefusedAndCounted() {
        double before = rejections(Refusal.SIGNATURE_WRONG);

        assertThat(
                        TwilioPeer.statusOf(
                                http.getPort(), TwilioPeer.PATH, List.of("bm90IHRoZSBvbmU=")))
                .isEqualTo(403);
        assertThat(TwilioPeer.statusOf(http.getPort(), TwilioPeer.PATH, List.of())).isEqualTo(403);
        assertThat(
                        TwilioPeer.statusOf(
                                http.getPort(),
                                TwilioPeer.PATH,
                                TwilioPeer.signature(TwilioPeer.FUNCTIONS_PATH)))
                .isEqualTo(403);

        assertThat(rejections(Refusal.SIGNATURE_WRONG)).isEqualTo(before + 2);
        assertThat(models.connects.get()).isEqualTo(connectsBefore);
    }

    @ParameterizedTest
    @ValueSource(strings = {TwilioPeer.PATH, TwilioPeer.FUNCTIONS_PATH})
    void aSignedHandshakeIsLetInAlsoWhenTheSignedUrlHadASlashOrAPort(String path) {
        assertThat(TwilioPeer.statusOf(http.getPort(), path, TwilioPeer.signature(path)))
                .isEqualTo(101);
        assertThat(TwilioPeer.statusOf(http.getPort(), path, TwilioPeer.signature(path + "/")))
                .isEqualTo(101);
    }

    @Test
    void theSubprotocolIsEchoedOnlyWhenItWasOffered() {
        var options =
                new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(http.getPort())
                        .setURI(TwilioPeer.PATH)
                        .addHeader(
                                "X-Twilio-Signature",
                                TwilioPeer.signature(TwilioPeer.PATH).getFirst());
        try (TwilioPeer plain = TwilioPeer.connect(options)) {
            assertThat(plain.socket().subProtocol()).isNull();
        }
        options.addSubProtocol("audio.twilio.com");
        try (TwilioPeer offering = TwilioPeer.connect(options)) {
            assertThat(offering.socket().subProtocol()).isEqualTo("audio.twilio.com");
        }
    }

    @Test
    void aSocketThatSaysNothingIsClosed() {
        try (TwilioPeer peer = TwilioPeer.connect(http.getPort())) {
            peer.frame();
            assertThat(peer.closeCode()).isEqualTo(1008);
        }
        assertThat(models.connects.get()).isEqualTo(connectsBefore);
    }

    @Test
    void noForeignExpiredOrReusedTicketOpensAModelConnection() throws SQLException {
        CallSid mine = TwilioPeer.newCallSid();
        String expired = TwilioPeer.ticket(mine).replaceFirst("\\.\\d{10}\\.", ".1000000000.");
        for (String ticket :
                List.of("", "nonsense", expired, TwilioPeer.ticket(TwilioPeer.newCallSid()))) {
            try (TwilioPeer peer = TwilioPeer.connect(http.getPort())) {
                peer.start(mine, "+14155550199", ticket);
                assertThat(peer.closeCode()).as(ticket).isEqualTo(1008);
            }
        }
        assertThat(models.connects.get()).isEqualTo(connectsBefore);
        assertThat(Database.count("select count(*) from calls where call_sid = ?", mine.value()))
                .isZero();
    }

    @Test
    void aTicketIsGoodForOneStream() {
        CallSid call = TwilioPeer.newCallSid();
        String ticket = TwilioPeer.ticket(call);
        double before = rejections(Refusal.TICKET_REUSED);
        try (TwilioPeer first = TwilioPeer.connect(http.getPort());
                TwilioPeer second = TwilioPeer.connect(http.getPort())) {
            first.start(call, "+14155550199", ticket);
            await().until(() -> models.connects.get() == connectsBefore + 1);

            second.start(call, "+14155550199", ticket);

            assertThat(second.closeCode()).isEqualTo(1008);
            assertThat(first.isOpen()).isTrue();
        }
        assertThat(models.connects.get()).isEqualTo(connectsBefore + 1);
        assertThat(rejections(Refusal.TICKET_REUSED)).isEqualTo(before + 1);
    }

    @Test
    void aTicketThatOnlyTheDatabaseHasSeenClosesBothSockets() throws Exception {
        CallSid call = TwilioPeer.newCallSid();
        String ticket = TwilioPeer.ticket(call);
        Database.run(
                "insert into stream_tickets (nonce, call_sid, expires_at) values (?, ?, now())",
                ticket.split("\\.")[3],
                call.value());
        try (TwilioPeer peer = TwilioPeer.connect(http.getPort())) {
            peer.start(call, "+14155550199", ticket);

            assertThat(peer.closeCode()).isEqualTo(1008);
        }
        FakeModels.FakeModel model = models.connected.poll(5, TimeUnit.SECONDS);
        assertThat(model).isNotNull();
        await().until(() -> model.orders.contains("close"));
        assertThat(model.orders)
                .doesNotContain("takeTurns")
                .noneMatch(o -> o.startsWith("respond"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"start\",\"streamSid\":\"MZ1\",\"start\":{\"callSid\":\"CA1\",\"streamSid\":\"MZ1\"}}",
                "{\"event\":\"media\",\"streamSid\":\"MZ2\",\"media\":{\"payload\":\"f39/\"}}",
                "{\"event\":\"mark\",\"streamSid\":\"MZ2\",\"mark\":{\"name\":\"x\"}}",
            })
    void aSecondStartOrAnotherStreamEndsTheCall(String message) throws SQLException {
        CallSid call = TwilioPeer.newCallSid();
        try (TwilioPeer peer = calling(call)) {
            peer.send(message);

            assertThat(peer.closeCode()).isEqualTo(1008);
        }
        await().untilAsserted(() -> assertThat(endReason(call)).isEqualTo("protocol_error"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"media\",\"streamSid\":\"MZ2\",\"media\":{\"payload\":\"f39/\"}}",
                "{\"event\":\"mark\",\"streamSid\":\"MZ2\",\"mark\":{\"name\":\"x\"}}",
                "{\"event\":\"dtmf\",\"streamSid\":\"MZ2\",\"dtmf\":{\"digit\":\"1\"}}",
            })
    void whatComesBeforeTheStartClosesItsConnectionAndNoOther(String message) {
        double before = rejections(Refusal.BEFORE_START);
        try (TwilioPeer good = calling(TwilioPeer.newCallSid());
                TwilioPeer bad = TwilioPeer.connect(http.getPort())) {
            bad.send("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
            bad.send(message);

            assertThat(bad.closeCode()).isEqualTo(1008);
            assertThat(good.isOpen()).isTrue();
        }
        assertThat(rejections(Refusal.BEFORE_START)).isEqualTo(before + 1);
    }

    @Test
    void garbageEndsTheCallWithACodeThatSaysSo() throws SQLException {
        CallSid call = TwilioPeer.newCallSid();
        try (TwilioPeer peer = calling(call)) {
            peer.send("garbage");

            assertThat(peer.closeCode()).isEqualTo(1007);
        }
        await().untilAsserted(() -> assertThat(endReason(call)).isEqualTo("protocol_error"));
        try (TwilioPeer peer = TwilioPeer.connect(http.getPort())) {
            peer.socket().writeBinaryMessage(Buffer.buffer("x"));
            assertThat(peer.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void aWireThatIsCutIsALostLegAndNoBrokenRule() throws SQLException {
        CallSid call = TwilioPeer.newCallSid();
        double before = rejections(Refusal.MALFORMED);
        try (TwilioPeer peer = calling(call)) {
            peer.cut();

            await().untilAsserted(() -> assertThat(endReason(call)).isEqualTo("caller_leg_lost"));
        }
        assertThat(rejections(Refusal.MALFORMED)).isEqualTo(before);
    }

    @Test
    void audioMarksAndClearGoToTwilioAndTheCallersAudioToTheModel() throws Exception {
        CallSid call = TwilioPeer.newCallSid();
        try (TwilioPeer peer = calling(call)) {
            FakeModels.FakeModel model = models.connected.poll(5, TimeUnit.SECONDS);
            assertThat(model).isNotNull();
            await().until(() -> model.orders.contains("respond GREETING"));
            assertThat(model.thread.getName()).contains("eventloop");

            model.says(new ModelEvent.ResponseCreated("r1"));
            model.speaks("r1", "i1", TwilioPeer.SILENCE);
            for (int i = 0; i < 10; i++) {
                peer.frame();
            }

            assertThat(peer.awaitEvent("media").getJsonObject("media").getString("payload"))
                    .isEqualTo(TwilioPeer.SILENCE);
            await().untilAtomic(model.heardFrames, Matchers.greaterThanOrEqualTo(10));
            peer.stop();
            peer.closeCode();
        }
        await().untilAsserted(() -> assertThat(endReason(call)).isEqualTo("caller_hung_up"));
    }

    @Test
    void theCallBeyondTheLimitIsTurnedAwayAtTheDoor() {
        var peers = new ArrayList<TwilioPeer>();
        try {
            for (int i = 0; i < 5; i++) {
                peers.add(TwilioPeer.connect(http.getPort()));
            }
            await().until(() -> admission.active() == 5);

            assertThat(
                            TwilioPeer.statusOf(
                                    http.getPort(),
                                    TwilioPeer.PATH,
                                    TwilioPeer.signature(TwilioPeer.PATH)))
                    .isEqualTo(503);
        } finally {
            peers.forEach(TwilioPeer::close);
        }
    }

    @Test
    void endlessFragmentsCloseTheirConnectionAndNoOther() throws Exception {
        try (TwilioPeer good = calling(TwilioPeer.newCallSid());
                TwilioPeer bad = TwilioPeer.connect(http.getPort())) {
            String piece = "x".repeat(16_000);
            bad.socket().writeFrame(WebSocketFrame.textFrame(piece, false));
            for (int i = 0; i < 1_000 && bad.isOpen(); i++) {
                bad.socket()
                        .writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(piece), false))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .handle((_, _) -> true)
                        .get(5, TimeUnit.SECONDS);
            }

            assertThat(bad.closeCode()).isNotEqualTo(1000);
            assertThat(good.isOpen()).isTrue();
        }
    }

    @Test
    void aFrameOfAMegabyteClosesItsConnection() throws Exception {
        try (TwilioPeer good = calling(TwilioPeer.newCallSid());
                TwilioPeer bad = TwilioPeer.connect(http.getPort())) {
            bad.socket().writeFrame(WebSocketFrame.textFrame("x".repeat(1_000_000), true));

            assertThat(bad.closeCode()).isNotEqualTo(1000);
            assertThat(good.isOpen()).isTrue();
        }
    }

    private TwilioPeer calling(CallSid call) {
        TwilioPeer peer = TwilioPeer.connect(http.getPort());
        int connects = models.connects.get();
        peer.start(call, "+14155550199", TwilioPeer.ticket(call));
        await().until(() -> models.connects.get() > connects);
        return peer;
    }

    private static String endReason(CallSid call) {
        return Database.text("select end_reason from calls where call_sid = ?", call.value());
    }

    private double rejections(Refusal why) {
        String meter =
                why.kind() == Refusal.Kind.SECURITY
                        ? "telephony.security.rejections"
                        : "telephony.streams.refused";
        return meters.counter(meter, "reason", why.word()).count();
    }
}
