package org.telephonystack.action.sms.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.sms.SmsSender.Lookup;
import org.telephonystack.action.sms.SmsSender.Remedy;
import org.telephonystack.action.sms.SmsSender.Result;
import org.telephonystack.model.twilio.FormBody;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Twilio's answers as they stand in its documentation (2026-11), and what comes where an answer should have been.
class TwilioSmsSenderTest {

    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final WireMockServer TWILIO =
            new WireMockServer(
                    WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));

    private static Vertx vertx;
    private static WebClient client;

    @BeforeAll
    static void start() {
        TWILIO.start();
        vertx = Vertx.vertx();
        client = WebClient.create(vertx);
    }

    @AfterAll
    static void stop() {
        client.close();
        vertx.close().await().atMost(Duration.ofSeconds(20));
        TWILIO.stop();
    }

    @BeforeEach
    void forget() {
        TWILIO.resetAll();
    }

    /// Columns: HTTP status, Twilio's code, its words, what we do about it.
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | 21211 | Invalid 'To' Phone Number: +1415555 | REMEMBER",
                "400 | 21610 | Attempt to send to unsubscribed recipient | REMEMBER",
                "400 | 21614 | 'To' number: +14155550199, is not a valid mobile number | REMEMBER",
                "400 | 21635 | 'To' number cannot be a landline | REMEMBER",
                "400 | 21612 | Message cannot be sent with the current combination of 'To' and/or 'From' parameters | DROP",
                "400 | 21408 | Permission to send an SMS or MMS has not been enabled for the region indicated by the 'To' number | OPERATOR",
                "400 | 21606 | The 'From' phone number provided is not a valid, SMS-capable Twilio phone number | OPERATOR",
                "400 | 21608 | The number is unverified. Trial accounts cannot send messages to unverified numbers | OPERATOR",
                "400 | 21617 | The concatenated message body exceeds the 1600 character limit | OPERATOR",
                "404 | 20404 | The requested resource was not found | DROP",
            })
    void aRefusalIsFinalAndSaysWhatToDo(int status, int code, String message, Remedy remedy) {
        answer(refusal(status, code, message));

        assertThat(send()).isEqualTo(new Result.Refused(code, remedy, message));
    }

    /// The same for everybody, until a person has put it right: no text is given up for that.
    @ParameterizedTest
    @CsvSource({"401, 20003", "403, 20008", "403, 20005", "400, 20003"})
    void anAccountThatDoesNotLetUsInIsTriedAgainLater(int status, int code) {
        answer(refusal(status, code, "Authenticate"));

        assertThat(send()).isEqualTo(new Result.TryLater("account", Optional.empty()));
        assertThat(TWILIO.findAll(postRequestedFor(anyUrl()))).hasSize(1);
    }

    @Test
    void aTokenThatWasRotatedAwayGivesPlaceToTheNextOne() {
        answer(refusal(401, 20003, "Authenticate"));
        TWILIO.stubFor(any(anyUrl()).withBasicAuth(ACCOUNT, "the-next").willReturn(accepted()));
        var rotating =
                new TwilioSmsSender(
                        client,
                        account(
                                TWILIO.baseUrl(),
                                Optional.empty(),
                                ACCOUNT,
                                "the-old",
                                Optional.of("the-next"),
                                Duration.ofSeconds(20)));

        assertThat(send(rotating)).isInstanceOf(Result.Accepted.class);

        assertThat(TWILIO.findAll(postRequestedFor(anyUrl())))
                .extracting(LoggedRequest::getBodyAsString)
                .hasSize(2)
                .allSatisfy(body -> assertThat(body).contains("To=%2B14155550199"));
    }

    @Test
    void tooManyRequestsWereNotProcessedAndSayWhenToComeAgain() {
        answer(refusal(429, 20429, "Too Many Requests").withHeader("Retry-After", "7"));
        assertThat(send())
                .isEqualTo(new Result.TryLater("rate", Optional.of(Duration.ofSeconds(7))));

        answer(refusal(429, 20429, "Too Many Requests"));
        assertThat(send()).isEqualTo(new Result.TryLater("rate", Optional.empty()));

        answer(refusal(429, 20429, "Too Many Requests").withHeader("Retry-After", "86400"));
        assertThat(send())
                .isEqualTo(new Result.TryLater("rate", Optional.of(Duration.ofMinutes(5))));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 409})
    void whatMayHaveBeenProcessedIsUnknown(int status) {
        answer(refusal(status, 20500, "Internal Server Error"));

        assertThat(send()).isInstanceOf(Result.Unknown.class);
        assertThat(TWILIO.findAll(postRequestedFor(anyUrl()))).as("never repeated").hasSize(1);
    }

    @Test
    void anAnswerThatBreaksOffOrNeverComesIsUnknown() {
        for (Fault fault : new Fault[] {Fault.CONNECTION_RESET_BY_PEER, Fault.EMPTY_RESPONSE}) {
            answer(aResponse().withFault(fault));
            assertThat(send()).as(fault.name()).isInstanceOf(Result.Unknown.class);
        }
        answer(aResponse().withStatus(201).withBody("<html>"));
        assertThat(send()).isEqualTo(new Result.Unknown("answer_not_understood"));
        answer(aResponse().withStatus(201).withFixedDelay(10_000));
        assertThat(sender(Optional.empty(), "AC", "secret", Duration.ofMillis(300)))
                .satisfies(slow -> assertThat(send(slow)).isInstanceOf(Result.Unknown.class));
    }

    @Test
    void whereNobodyListensNothingWasSent() {
        var nowhere =
                new TwilioSmsSender(
                        client,
                        account(
                                "http://127.0.0.1:9",
                                Optional.empty(),
                                ACCOUNT,
                                "token",
                                Optional.empty(),
                                Duration.ofSeconds(20)));

        assertThat(send(nowhere))
                .isEqualTo(new Result.TryLater(Result.TryLater.NO_CONNECTION, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({ACCOUNT + ", the-auth-token", "SK00000000000000000000000000000002, the-key-secret"})
    void anApiKeyOrTheAuthTokenOpensTheAccount(String user, String password) {
        answer(accepted());

        Result result = send(sender(Optional.empty(), user, password, Duration.ofSeconds(20)));

        assertThat(result).isInstanceOf(Result.Accepted.class);
        LoggedRequest request = TWILIO.findAll(postRequestedFor(anyUrl())).getFirst();
        assertThat(request.getUrl())
                .isEqualTo("/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json");
        assertThat(request.header("Authorization").firstValue())
                .isEqualTo(new BasicCredentials(user, password).asAuthorizationHeaderValue());
    }

    @Test
    void aMessagingServiceTakesThePlaceOfTheNumber() {
        answer(accepted());
        String service = "MG00000000000000000000000000000003";

        send(sender(Optional.of(service), ACCOUNT, "token", Duration.ofSeconds(20)));
        send();

        assertThat(form(0).first("MessagingServiceSid")).contains(service);
        assertThat(form(0).has("From")).isFalse();
        assertThat(form(1).first("From")).contains("+18005550123");
        assertThat(form(1).has("MessagingServiceSid")).isFalse();
        assertThat(form(1).first("To")).contains("+14155550199");
        assertThat(form(1).first("ValidityPeriod")).contains("600");
        assertThat(form(1).first("StatusCallback"))
                .contains("https://voice.example.com/voice-action");
    }

    @Test
    void aListThatCannotBeHadProvesNothing() {
        answer(refusal(503, 20500, "Service Unavailable"));

        assertThat(
                        sender(Optional.empty(), ACCOUNT, "token", Duration.ofSeconds(20))
                                .find("+14155550199", "body", Instant.now())
                                .toCompletableFuture()
                                .orTimeout(30, TimeUnit.SECONDS)
                                .join())
                .isInstanceOf(Lookup.Unavailable.class);
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        TWILIO.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static ResponseDefinitionBuilder refusal(int status, int code, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(
                        """
                        {"code":%d,"message":"%s","more_info":"https://www.twilio.com/docs/errors/%d","status":%d}
                        """
                                .formatted(code, message, code, status));
    }

    private static ResponseDefinitionBuilder accepted() {
        return aResponse()
                .withStatus(201)
                .withHeader("Content-Type", "application/json")
                .withBody(
                        "{\"sid\":\"SM00000000000000000000000000000004\",\"status\":\"queued\",\"error_code\":null}");
    }

    private static FormBody form(int request) {
        return switch (FormBody.parse(
                TWILIO.findAll(postRequestedFor(anyUrl())).get(request).getBody())) {
            case FormBody.Parsed.Form(var form) -> form;
            case FormBody.Parsed.Refused(var why) -> throw new AssertionError("no form: " + why);
        };
    }

    private static Result send() {
        return send(sender(Optional.empty(), ACCOUNT, "token", Duration.ofSeconds(20)));
    }

    private static Result send(TwilioSmsSender sender) {
        return sender.send("+14155550199", "Sorry we got cut off!")
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static TwilioSmsSender sender(
            Optional<String> service, String user, String password, Duration readTimeout) {
        return new TwilioSmsSender(
                client,
                account(TWILIO.baseUrl(), service, user, password, Optional.empty(), readTimeout));
    }

    private static TwilioAccount account(
            String baseUrl,
            Optional<String> service,
            String user,
            String password,
            Optional<String> nextPassword,
            Duration readTimeout) {
        return new TwilioAccount(
                baseUrl,
                ACCOUNT,
                user,
                password,
                nextPassword,
                Optional.of("+18005550123"),
                service,
                "https://voice.example.com/voice-action",
                Duration.ofMinutes(10),
                readTimeout);
    }
}
