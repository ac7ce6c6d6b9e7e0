package org.telephonystack.frontdoor.call.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.frontdoor.fake.FakeAction;
import org.telephonystack.frontdoor.fake.FakeActionResource;
import org.telephonystack.frontdoor.fake.LoggedLines;
import org.telephonystack.frontdoor.fake.TwilioRequests;

import java.util.Map;

@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus injects
@WithTestResource(FakeActionResource.class)
class AfterStreamTest {

    private static final String FIRST = "/voice-frontdoor/after-stream?attempt=1";
    private static final String SECOND = "/voice-frontdoor/after-stream?attempt=2";

    FakeAction action;

    @Inject MeterRegistry registry;

    private final LoggedLines log = new LoggedLines();

    @AfterEach
    void letGo() {
        log.close();
        action.letGo();
    }

    @Test
    void actionLearnsWhatTwilioSaid() {
        action.answers(200, "{\"then\":\"hang_up\"}");
        var form = inProgress();
        form.put("StreamEvent", "stream-error");
        form.put("StreamError", "Stream - WebSocket - Handshake Error");

        Response answer =
                TwilioRequests.post("/functions/v1/voice-frontdoor/after-stream?attempt=2", form);

        assertThat(answer.asString()).contains("<Hangup/>").doesNotContain("<Say");
        var question = action.requests("/internal/after-stream").getFirst();
        assertThat(question.authorization())
                .isEqualTo("Bearer test-service-secret-of-32-characters");
        assertThat(question.body().getMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "callSid", "CA00000000000000000000000000000001",
                                "attempt", 2,
                                "callStatus", "in-progress",
                                "from", "+14155550199",
                                "to", "+18005550123",
                                "streamEvent", "stream-error",
                                "streamError", "Stream - WebSocket - Handshake Error"));
        assertThat(log.lines())
                .contains(
                        "[Frontdoor] 🔀 Call Routed | Trace: 00000000000000000000000000000001"
                                + " | CallSid: CA00000000000000000000000000000001"
                                + " | Path: /voice-frontdoor/after-stream"
                                + " | Then: hang_up | By: action");
    }

    @Test
    void eachAnswerOfActionBecomesItsTwiml() {
        assertThat(whenActionSays("{\"then\":\"connect_again\",\"attempt\":2}"))
                .contains("after-stream?attempt=2", "value=\"v1.resume.2.");
        assertThat(whenActionSays("{\"then\":\"dial\",\"number\":\"+14155550100\"}"))
                .contains(">+14155550100</Number>", "/voice-frontdoor/after-dial\"");
        assertThat(whenActionSays("{\"then\":\"voicemail\"}"))
                .contains("<Record ", "/voice-frontdoor/after-record\"");
        assertThat(whenActionSays("{\"then\":\"voicemail\",\"full\":true}"))
                .contains("All our lines are busy", "<Record ");
        assertThat(whenActionSays("{\"then\":\"dial\",\"number\":\"+14155550100\",\"full\":true}"))
                .contains("All our lines are busy", ">+14155550100</Number>");
        assertThat(whenActionSays("{\"then\":\"apologise\",\"promiseText\":true}"))
                .contains("A text message is on its way to you.");
    }

    @Test
    void aCallThatIsJustBeingRedirectedWaitsAndAsksAgain() {
        assertThat(whenActionSays("{\"then\":\"wait\"}"))
                .contains(
                        "<Pause length=\"2\"/>",
                        "<Redirect method=\"POST\">https://voice.example.com/voice-frontdoor/after-stream"
                                + "?attempt=1</Redirect>");
    }

    @Test
    void actionLearnsThatItsOwnRedirectBroughtTheCallHere() {
        action.answers(200, "{\"then\":\"connect_again\",\"attempt\":2}");

        TwilioRequests.post(FIRST + "&redirected=1", inProgress());

        assertThat(action.requests("/internal/after-stream"))
                .singleElement()
                .satisfies(
                        question -> assertThat(question.body().getBoolean("redirected")).isTrue());
    }

    @Test
    void anActionThatHangsMeansAnotherStreamWithATicketOfOurOwn() {
        action.hangs();
        double before = answers("connect", "safe_default");

        Response answer = TwilioRequests.post(FIRST, inProgress());

        assertThat(action.requests("/internal/after-stream")).hasSize(1);
        assertThat(answer.asString()).contains("after-stream?attempt=2", "value=\"v1.resume.2.");
        assertThat(answers("connect", "safe_default")).isEqualTo(before + 1);
    }

    @Test
    void anActionThatHangsTwiceMeansAnApologyThatPromisesNothing() {
        action.hangs();
        double before = answers("apologise", "safe_default");

        Response answer = TwilioRequests.post(SECOND, inProgress());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString())
                .contains("Please call us again.", "<Hangup/>")
                .doesNotContain("text message");
        assertThat(answers("apologise", "safe_default")).isEqualTo(before + 1);
    }

    @Test
    void anAnswerNobodyUnderstandsMeansTheSafeDefault() {
        for (String odd : new String[] {"{\"then\":\"sing\"}", "{}", "no json", "[]", ""}) {
            assertThat(whenActionSays(odd)).contains("value=\"v1.resume.2.");
        }
        action.answers(503, "{\"then\":\"hang_up\"}");
        assertThat(TwilioRequests.post(FIRST, inProgress()).asString())
                .contains("value=\"v1.resume.2.");
    }

    @Test
    void aCallerWhoIsGoneNeedsNothing() {
        action.answers(200, "{\"then\":\"hang_up\"}");

        Response answer =
                TwilioRequests.post(FIRST, TwilioRequests.ringing("CallStatus", "completed"));

        assertThat(answer.asString()).contains("<Response>\n</Response>");
        assertThat(action.requests("/internal/after-stream")).isEmpty();
    }

    @Test
    void aPersonWhoDoesNotAnswerMeansVoicemail() {
        var form = inProgress();
        form.put("DialCallStatus", "no-answer");

        assertThat(TwilioRequests.post("/voice-frontdoor/after-dial", form).asString())
                .contains("<Record ");

        form.put("DialCallStatus", "completed");
        assertThat(TwilioRequests.post("/voice-frontdoor/after-dial", form).asString())
                .contains("<Hangup/>")
                .doesNotContain("<Record ");
    }

    @Test
    void aMessageIsThankedFor() {
        assertThat(TwilioRequests.post("/voice-frontdoor/after-record", inProgress()).asString())
                .contains("Thank you", "<Hangup/>");
    }

    @Test
    void theFallbackNeedsNobody() {
        action.hangs();
        var form = TwilioRequests.ringing("ErrorCode", "11200");
        form.put("ErrorUrl", "https://voice.example.com/voice-frontdoor");

        String answer = TwilioRequests.post("/voice-frontdoor/fallback", form).asString();

        assertThat(answer).contains("<Say ", "<Record ");
        assertThat(action.requests("/internal/after-stream")).isEmpty();
        assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("Error code: 11200"));
    }

    private String whenActionSays(String json) {
        action.answers(200, json);
        return TwilioRequests.post(FIRST, inProgress()).asString();
    }

    private static Map<String, String> inProgress() {
        return TwilioRequests.ringing("CallStatus", "in-progress");
    }

    private double answers(String then, String by) {
        return registry.counter("telephony.after.stream.answers", "then", then, "by", by).count();
    }
}
