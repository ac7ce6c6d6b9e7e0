package org.telephonystack.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.phone.CallEvent.Kind;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.sound.Clip;
import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;
import org.telephonystack.simulator.webhook.TwilioError;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Whole calls over real sockets, against a server that does what the test says.
class PhoneCallTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Clip YES = Clips.caller().get("yes");

    private final OurSide ours = new OurSide(VERTX).answers("/after-stream", "<Hangup/>");

    @AfterEach
    void close() {
        ours.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aCallGoesFromSignedWebhookToStatusCallback() {
        ours.connects()
                .onMessage((socket, message) -> {
                    if (isMedia(message, 3)) {
                        play(socket, message, YES.mulaw());
                        mark(socket, message, "m1");
                    }
                    if (message.path("event").asText().equals("mark")) {
                        socket.close();
                    }
                });

        CallRecord call = settled(ours.settings(), CallerPlan.from(OurSide.CALLER));

        assertThat(call.status()).isEqualTo("completed");
        assertThat(call.endedBy()).isEqualTo("twiml");
        assertThat(ours.requestsTo("/voice-frontdoor")).allMatch(OurSide.Received::isSigned);
        assertThat(ours.formsTo("/voice-frontdoor", "CallStatus")).containsExactly("ringing");
        assertThat(ours.formsTo("/after-stream", "CallStatus")).containsExactly("in-progress");
        assertThat(ours.formsTo("/stream-status", "StreamEvent"))
                .containsExactlyInAnyOrder("stream-started", "stream-stopped");
        assertThat(ours.formsTo("/status", "CallStatus")).containsExactly("completed");
        assertThat(ours.requestsTo("/status")).allMatch(OurSide.Received::isSigned);
        assertThat(ours.isHandshakeSigned()).isTrue();
        StreamRecord stream = call.streams().getFirst();
        assertThat(stream.marksPlayed()).containsExactly("m1");
        assertThat(stream.end()).contains(StreamEnd.SERVER_CLOSED);
        assertThat(call.heard(Clips.caller())).singleElement().matches(Clips.Found::isWhole);
    }

    @Test
    void messagesComeInOrderAndAreNumberedWithoutGaps() {
        ours.connects()
                .onMessage((socket, message) -> {
                    if (isMedia(message, 20)) {
                        socket.close();
                    }
                });

        settled(ours.settings(), CallerPlan.from(OurSide.CALLER));

        List<JsonNode> all = ours.messages();
        assertThat(all.getFirst().path("event").asText()).isEqualTo("connected");
        assertThat(all.get(1).path("event").asText()).isEqualTo("start");
        assertThat(all.get(1).at("/start/customParameters/ticket").asText()).isEqualTo("t1");
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).path("sequenceNumber").asInt()).isEqualTo(i);
        }
        assertThat(ours.messages("media"))
                .allMatch(m ->
                        m.at("/media/timestamp").asLong()
                                == 20 * (m.at("/media/chunk").asLong() - 1));
    }

    @Test
    void clearEchoesMarksAtOnceAndTheRestIsNeverHeard() {
        ours.connects()
                .onMessage((socket, message) -> {
                    if (isMedia(message, 1)) {
                        play(socket, message, new byte[80_000]);
                        mark(socket, message, "late");
                    }
                    if (isMedia(message, 10)) {
                        send(socket, message, "{\"event\":\"clear\",\"streamSid\":\"%s\"}");
                    }
                    if (isMedia(message, 20)) {
                        socket.close();
                    }
                });

        CallRecord call = settled(ours.settings(), CallerPlan.from(OurSide.CALLER));

        StreamRecord stream = call.streams().getFirst();
        assertThat(stream.marksCleared()).containsExactly("late");
        assertThat(stream.marksPlayed()).isEmpty();
        assertThat(stream.soundBytes()).isEqualTo(80_000);
        assertThat(played(call)).isBetween(160, 16_000);
    }

    @Test
    void aCallerWhoHangsUpSendsStopAndNoActionIsAsked() {
        ours.connects();
        PhoneCall call = dial(ours.settings(), CallerPlan.from(OurSide.CALLER));
        join(call.await(Kind.STREAM_STARTED));
        join(new SimulatedCaller(call).hangUpMidSentence(YES, Duration.ofMillis(200)));

        CallRecord record = join(call.settled());

        assertThat(record.endedBy()).isEqualTo("caller");
        assertThat(record.streams().getFirst().end()).contains(StreamEnd.STOPPED);
        assertThat(ours.sawStop()).isTrue();
        assertThat(ours.requestsTo("/after-stream")).isEmpty();
        assertThat(ours.formsTo("/status", "CallStatus")).containsExactly("completed");
    }

    @Test
    void aRefusedHandshakeIsReportedAndTheActionAsked() {
        ours.connects().refusesHandshakeWith(403);

        CallRecord call =
                settled(
                        ours.settings(),
                        CallerPlan.from(OurSide.CALLER).handshakeSigning(Signing.WRONG));

        assertThat(ours.isHandshakeSigned()).isFalse();
        assertThat(call.hasComplaint(TwilioError.STREAM_HANDSHAKE)).isTrue();
        assertThat(call.streams().getFirst().handshakeStatus()).contains(403);
        assertThat(ours.formsTo("/stream-status", "StreamEvent")).containsExactly("stream-error");
        assertThat(ours.requestsTo("/after-stream")).hasSize(1);
    }

    @Test
    void withoutAnActionTheNextVerbFollows() {
        ours.connects().refusesHandshakeWith(503);
        var settings =
                ours.settings()
                        .afterConnect(new NetworkSettings.AfterConnect(true, false, false, false));

        CallRecord call = settled(settings, CallerPlan.from(OurSide.CALLER));

        assertThat(call.textsOf(Kind.SAY)).containsExactly("Sorry");
        assertThat(ours.requestsTo("/after-stream")).isEmpty();
    }

    @Test
    void aStreamUrlWithAQueryOrWithoutTlsIsNotConnected() {
        ours.answers(
                "/voice-frontdoor",
                "<Connect><Stream url=\"" + ours.streamUrl() + "?token=x\"/></Connect>");
        assertThat(
                        settled(ours.settings(), CallerPlan.from(OurSide.CALLER))
                                .hasComplaint(TwilioError.STREAM_HANDSHAKE))
                .isTrue();

        ours.connects();
        assertThat(
                        settled(ours.settings().securedOnly(), CallerPlan.from(OurSide.CALLER))
                                .hasComplaint(TwilioError.STREAM_SCHEME))
                .isTrue();
        assertThat(ours.messages()).isEmpty();
    }

    @Test
    void aCutWireShowsNoStop() {
        ours.connects();
        PhoneCall call = dial(ours.settings(), CallerPlan.from(OurSide.CALLER));
        join(call.await(Kind.STREAM_STARTED));
        call.cutWire();

        CallRecord record = join(call.settled());

        assertThat(record.streams().getFirst().end()).contains(StreamEnd.CUT);
        assertThat(ours.sawStop()).isFalse();
        assertThat(ours.formsTo("/stream-status", "StreamEvent")).contains("stream-error");
        assertThat(ours.requestsTo("/after-stream")).hasSize(1);
    }

    @Test
    void binaryAndWrongMessagesAreWarnedAboutOnce() {
        ours.connects()
                .onMessage((socket, message) -> {
                    if (isMedia(message, 2)) {
                        socket.writeBinaryMessage(io.vertx.core.buffer.Buffer.buffer("x"));
                        socket.writeTextMessage("{\"event\":\"clear\",\"stream_sid\":\"MZ\"}");
                        socket.writeTextMessage("nonsense");
                    }
                    if (isMedia(message, 10)) {
                        socket.close();
                    }
                });

        CallRecord call = settled(ours.settings(), CallerPlan.from(OurSide.CALLER));

        assertThat(call.complaints())
                .extracting(entry -> entry.error().code())
                .containsExactly(31950, 31951);
    }

    @Test
    void aFailingWebhookGoesToTheFallbackWithItsError() {
        ours.fails("/voice-frontdoor", 500).answers("/fallback", "<Say>Bye</Say>");

        CallRecord call =
                settled(
                        ours.settings().fallbackUrl(ours.url("/fallback")),
                        CallerPlan.from(OurSide.CALLER));

        assertThat(ours.formsTo("/fallback", "ErrorCode")).containsExactly("11200");
        assertThat(ours.formsTo("/fallback", "ErrorUrl"))
                .containsExactly(ours.url("/voice-frontdoor"));
        assertThat(call.textsOf(Kind.SAY)).containsExactly("Bye");
    }

    @Test
    void aForgedWebhookEndsTheCallWhenItIsRefused() {
        ours.fails("/voice-frontdoor", 403);

        CallRecord call =
                settled(
                        ours.settings(),
                        CallerPlan.from(OurSide.CALLER).webhookSigning(Signing.WRONG));

        assertThat(ours.requestsTo("/voice-frontdoor")).noneMatch(OurSide.Received::isSigned);
        assertThat(call.status()).isEqualTo("failed");
        assertThat(ours.formsTo("/status", "CallStatus")).containsExactly("failed");
    }

    @Test
    void doubledCallbacksCarryTheSameToken() {
        ours.answers("/voice-frontdoor", "<Say>Hi</Say>");

        settled(
                ours.settings(),
                CallerPlan.from(OurSide.CALLER).callbackFaults(CallbackFaults.everyOneDoubled()));

        assertThat(ours.requestsTo("/status")).hasSize(2);
        assertThat(ours.requestsTo("/status").getFirst().token())
                .isEqualTo(ours.requestsTo("/status").getLast().token());
    }

    @Test
    void aDialNobodyAnswersAsksItsActionAndARecordingIsReported() {
        ours.answers(
                        "/voice-frontdoor",
                        "<Dial action=\"/after-dial\" timeout=\"5\"><Number statusCallback=\"/leg\""
                                + " statusCallbackEvent=\"ringing completed\">+14155550100</Number></Dial>")
                .answers(
                        "/after-dial",
                        "<Record action=\"/after-record\" recordingStatusCallback=\"/recording\"/>")
                .answers("/after-record", "<Hangup/>");

        settled(
                ours.settings(),
                CallerPlan.from(OurSide.CALLER).human(CallerPlan.DialAnswer.nobody()));

        assertThat(ours.formsTo("/after-dial", "DialCallStatus")).containsExactly("no-answer");
        assertThat(ours.formsTo("/leg", "CallStatus"))
                .containsExactlyInAnyOrder("ringing", "no-answer");
        assertThat(ours.formsTo("/after-record", "RecordingDuration")).containsExactly("4");
        assertThat(ours.formsTo("/recording", "RecordingStatus")).containsExactly("completed");
    }

    @Test
    void arrivingByRestADocumentEndsTheStreamWithStop() {
        ours.connects();
        PhoneCall call = dial(ours.settings(), CallerPlan.from(OurSide.CALLER));
        join(call.await(Kind.STREAM_STARTED));

        join(call.replaceTwiml("<Response><Say>To a person</Say></Response>"));
        CallRecord record = join(call.settled());

        assertThat(record.textsOf(Kind.SAY)).containsExactly("To a person");
        assertThat(ours.sawStop()).isTrue();
        assertThat(join(call.endByRest("completed"))).isFalse();
    }

    @Test
    void aBargeInIsSaidWhileTheAssistantSpeaks() {
        ours.connects()
                .onMessage((socket, message) -> {
                    if (isMedia(message, 1)) {
                        play(socket, message, new byte[32_000]);
                    }
                });
        PhoneCall call = dial(ours.settings(), CallerPlan.from(OurSide.CALLER));

        join(new SimulatedCaller(call).sayOver(YES, Duration.ofMillis(300)));

        List<Kind> order =
                call.events().stream()
                        .map(CallEvent::kind)
                        .filter(kind -> kind == Kind.ASSISTANT_SPEAKS || kind == Kind.CALLER_SPEAKS)
                        .toList();
        assertThat(order).containsExactly(Kind.ASSISTANT_SPEAKS, Kind.CALLER_SPEAKS);
        join(call.hangUp());
        CallRecord record = join(call.settled());
        assertThat(Clips.caller().findIn(record.callerSound()))
                .singleElement()
                .matches(Clips.Found::isWhole);
    }

    private CallRecord settled(NetworkSettings settings, CallerPlan plan) {
        return join(dial(settings, plan).settled());
    }

    private static PhoneCall dial(NetworkSettings settings, CallerPlan plan) {
        return new TelephoneNetwork(VERTX, settings).dial(plan);
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static boolean isMedia(JsonNode message, int chunk) {
        return message.at("/media/chunk").asText().equals(String.valueOf(chunk));
    }

    private static void play(ServerWebSocket socket, JsonNode message, byte[] sound) {
        String payload = Base64.getEncoder().encodeToString(sound);
        send(
                socket,
                message,
                "{\"event\":\"media\",\"streamSid\":\"%s\",\"media\":{\"payload\":\""
                        + payload
                        + "\"}}");
    }

    private static void mark(ServerWebSocket socket, JsonNode message, String name) {
        send(
                socket,
                message,
                "{\"event\":\"mark\",\"streamSid\":\"%s\",\"mark\":{\"name\":\"" + name + "\"}}");
    }

    private static void send(ServerWebSocket socket, JsonNode message, String text) {
        socket.writeTextMessage(text.replace("%s", message.path("streamSid").asText()));
    }

    private static int played(CallRecord call) {
        int count = 0;
        for (byte b : call.assistantSound()) {
            count += b == 0 ? 1 : 0;
        }
        return count;
    }
}
