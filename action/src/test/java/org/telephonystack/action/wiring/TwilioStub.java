package org.telephonystack.action.wiring;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import org.telephonystack.model.twilio.FormBody;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Twilio's REST API for the tests of this module: takes every text, unless a test says otherwise for its own number.
public final class TwilioStub implements QuarkusTestResourceLifecycleManager {

    public static final String AUTH_TOKEN = "2b7e151628aed2a6abf7158809cf4f3c";
    public static final String AUTH_TOKEN_NEXT = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    public static final String PUBLIC_URL = "https://voice.example.com";
    public static final String OUR_NUMBER = "+18005550123";
    public static final String MESSAGES =
            "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json";

    /// Where the service brings recordings.
    public static final String RECORDINGS = "target/recordings";

    private static final WireMockServer SERVER =
            new WireMockServer(
                    WireMockConfiguration.options()
                            .dynamicPort()
                            .http2PlainDisabled(true)
                            .maxRequestJournalEntries(5000));

    @Override
    public Map<String, String> start() {
        SERVER.start();
        SERVER.stubFor(
                any(anyUrl())
                        .atPriority(10)
                        .willReturn(
                                jsonResponse(
                                        "{\"code\":20404,\"message\":\"The requested resource was not"
                                                + " found\",\"status\":404}",
                                        404)));
        SERVER.stubFor(
                post(urlPathEqualTo(MESSAGES))
                        .atPriority(9)
                        .willReturn(
                                accepted("SM{{randomValue type='UUID'}}")
                                        .withTransformers("response-template")));
        return Map.ofEntries(
                Map.entry("telephony.twilio.public-url", PUBLIC_URL),
                Map.entry("telephony.twilio.auth-token", AUTH_TOKEN),
                Map.entry("telephony.twilio.auth-token-next", AUTH_TOKEN_NEXT),
                Map.entry("telephony.twilio.account-sid", "AC00000000000000000000000000000001"),
                Map.entry("telephony.twilio.phone-number", OUR_NUMBER),
                Map.entry("telephony.twilio.api-base-url", SERVER.baseUrl()),
                // A machine that is busy with something else is no Twilio that does not answer.
                Map.entry("telephony.twilio.read-timeout", "8s"),
                Map.entry("telephony.recovery.journal-grace", "500ms"),
                Map.entry("telephony.recovery.status-grace", "2s"),
                Map.entry("telephony.recovery.look-up-after", "100ms"),
                Map.entry("telephony.recovery.text-delay", "0s"),
                Map.entry("telephony.recovery.reconcile-every", "1s"),
                Map.entry("telephony.recording.folder", RECORDINGS),
                Map.entry("telephony.recording.every", "1s"),
                // Many tests break Twilio for a number of their own.
                Map.entry("telephony.twilio.breaker-failures", "1000"));
    }

    @Override
    public void stop() {
        SERVER.stop();
    }

    /// What Twilio answers to a text it takes (2026-11, without personal data).
    public static ResponseDefinitionBuilder accepted(String sid) {
        return jsonResponse(
                """
                {"sid":"%s","status":"queued","to":"+14155550199","from":"+18005550123","body":"…",
                 "messaging_service_sid":null,"num_segments":"1","error_code":null,"error_message":null,
                 "direction":"outbound-api","date_created":"Sun, 22 Nov 2026 12:00:00 +0000",
                 "uri":"/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/%s.json"}
                """
                        .formatted(sid, sid),
                201);
    }

    /// What Twilio answers to a text it refuses.
    public static ResponseDefinitionBuilder refused(int status, int code, String message) {
        return jsonResponse(
                """
                {"code":%d,"message":"%s","more_info":"https://www.twilio.com/docs/errors/%d","status":%d}
                """
                        .formatted(code, message, code, status),
                status);
    }

    /// Texts of the same words in the list of those Twilio was given, made just now.
    public static ResponseDefinitionBuilder listing(String body, String... sids) {
        String now =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC));
        String messages =
                Arrays.stream(sids)
                        .map(sid ->
                                """
                                {"sid":"%s","body":"%s","direction":"outbound-api","status":"sent",
                                  "date_created":"%s","to":"+14155550199","from":"+18005550123"}
                                """
                                        .formatted(sid, body, now))
                        .collect(Collectors.joining(","));
        return jsonResponse(
                "{\"messages\":["
                        + messages
                        + "],\"page\":0,\"page_size\":50,\"next_page_uri\":null}",
                200);
    }

    public static ResponseDefinitionBuilder emptyListing() {
        return jsonResponse("{\"messages\":[],\"page\":0,\"page_size\":50}", 200);
    }

    /// The same server by another name.
    public static String otherHost() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    /// A request to send to this number; goes before what all tests share.
    public static MappingBuilder sendTo(String number) {
        return post(urlPathEqualTo(MESSAGES))
                .withRequestBody(
                        containing("To=" + URLEncoder.encode(number, StandardCharsets.UTF_8)));
    }

    /// A request for the texts sent to this number.
    public static MappingBuilder listOf(String number) {
        return get(urlPathEqualTo(MESSAGES)).withQueryParam("To", equalTo(number));
    }

    /// The path of something of our account.
    public static String resource(String path) {
        return "/2010-04-01/Accounts/AC00000000000000000000000000000001/" + path;
    }

    /// How often we asked Twilio to delete what has this path.
    public static int deletions(String path) {
        return SERVER.findAll(deleteRequestedFor(urlPathEqualTo(path))).size();
    }

    /// A request for what Twilio knows of a call.
    public static MappingBuilder call(String callSid) {
        return get(
                urlPathEqualTo(
                        "/2010-04-01/Accounts/AC00000000000000000000000000000001/Calls/"
                                + callSid
                                + ".json"));
    }

    /// A call on Twilio's books (2026-11, without personal data).
    public static ResponseDefinitionBuilder onTheBooks(
            String callSid, String status, String from, OffsetDateTime end) {
        return jsonResponse(
                """
                {"sid":"%s","account_sid":"AC00000000000000000000000000000001","api_version":"2010-04-01",
                 "direction":"inbound","from":"%s","to":"+18005550123","status":"%s","duration":"12",
                 "start_time":"Sun, 22 Nov 2026 12:00:00 +0000","end_time":"%s","parent_call_sid":null,
                 "answered_by":null,"price":null,"price_unit":"USD"}
                """
                        .formatted(
                                callSid,
                                from,
                                status,
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(end)),
                200);
    }

    public static void stub(MappingBuilder mapping) {
        SERVER.stubFor(mapping.atPriority(1));
    }

    /// The texts that we asked Twilio to send to this number, answered or not.
    public static List<FormBody> sentTo(String number) {
        return SERVER.findAll(postRequestedFor(urlPathEqualTo(MESSAGES))).stream()
                .map(TwilioStub::form)
                .filter(form -> form.first("To").filter(number::equals).isPresent())
                .toList();
    }

    /// The recipient of every request to send, as often as there was one.
    public static List<String> recipients() {
        return SERVER.findAll(postRequestedFor(urlPathEqualTo(MESSAGES))).stream()
                .map(TwilioStub::form)
                .flatMap(form -> form.first("To").stream())
                .toList();
    }

    private static FormBody form(LoggedRequest request) {
        return switch (FormBody.parse(request.getBody())) {
            case FormBody.Parsed.Form(var form) -> form;
            case FormBody.Parsed.Refused(var why) -> throw new AssertionError("no form: " + why);
        };
    }
}
