package org.telephonystack.action.recovery;

import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.recovery.postgres.PgSmsOutbox;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.sms.OptOuts;
import org.telephonystack.action.sms.SmsSender;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/// Every text is sent once, whatever Twilio answers and whoever pumps.
@ActionTest
class OutboxPumpTest {

    private static final String BODY = "Sorry we got cut off!";

    @Inject TestDatabase database;
    @Inject SmsSender sender;
    @Inject OptOuts optOuts;
    @Inject RecoveryEvents events;
    @Inject OutboxPump service;
    @Inject SmsOutbox outbox;
    @Inject MeterRegistry meters;
    @Inject Vertx vertx;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void twoFurtherPumpsBesideTheServicesSendNothingTwice() {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body)
                select 'pump:' || n, '+1415555500' || n, $1 from generate_series(10, 69) n
                """,
                BODY);

        CompletableFuture<Void> one = pump().pump().toCompletableFuture();
        CompletableFuture<Void> other = pump().pump().toCompletableFuture();
        CompletableFuture.allOf(one, other).join();

        await().until(() ->
                database.count(
                                "select count(*) from sms_outbox where dedupe_key like 'pump:%' and state = 'sent'")
                        == 60);
        Map<String, Long> requests =
                TwilioStub.recipients().stream()
                        .filter(number -> number.startsWith("+1415555500"))
                        .collect(Collectors.groupingBy(number -> number, Collectors.counting()));
        assertThat(requests).hasSize(60).allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
    }

    @Test
    void aRefusedTextFailsAndAnOptedOutNumberIsRemembered() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550501")
                        .willReturn(
                                TwilioStub.refused(
                                        400, 21610, "Attempt to send to unsubscribed recipient")));

        queue("+14155550501");

        awaitState("+14155550501", "failed");
        assertThat(column("error_code", "+14155550501")).isEqualTo("21610");
        assertThat(database.text("select reason from sms_opt_outs where phone = '+14155550501'"))
                .isEqualTo("code_21610");
        assertThat(TwilioStub.sentTo("+14155550501")).hasSize(1);
    }

    @Test
    void aRefusalThatIsOurOwnFaultOptsNobodyOut() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550502")
                        .willReturn(TwilioStub.refused(400, 21606, "The From number cannot text")));

        queue("+14155550502");

        awaitState("+14155550502", "failed");
        assertThat(column("error_reason", "+14155550502")).isEqualTo("operator");
        assertThat(database.count("select count(*) from sms_opt_outs where phone = '+14155550502'"))
                .isZero();
    }

    /// A key that was rotated away, an account that was suspended: no caller goes without a text for that.
    @Test
    void aTextWaitsForCredentialsThatArePutRight() {
        firstAnswer("+14155550519", TwilioStub.refused(403, 20005, "Account is not active"));

        queue("+14155550519");

        awaitState("+14155550519", "sent");
        assertThat(TwilioStub.sentTo("+14155550519")).hasSize(2);
        assertThat(
                        meters.counter(
                                        "telephony.recovery.texts",
                                        "state",
                                        "delayed",
                                        "reason",
                                        "account")
                                .count())
                .isPositive();
        assertThat(meters.counter("telephony.sms.errors", "code", "20003").count()).isPositive();
    }

    @Test
    void anAnswerThatNeverCameIsLookedUpAndTheTextIsNotSentAgain() {
        firstAnswer("+14155550503", WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        TwilioStub.stub(
                TwilioStub.listOf("+14155550503").willReturn(TwilioStub.listing(BODY, "SM0503")));

        queue("+14155550503");

        awaitState("+14155550503", "sent");
        assertThat(column("message_sid", "+14155550503")).isEqualTo("SM0503");
        assertThat(TwilioStub.sentTo("+14155550503")).hasSize(1);
    }

    @Test
    void whatTwilioDoesNotHaveIsSentAgain() {
        firstAnswer("+14155550504", WireMock.serverError());
        TwilioStub.stub(TwilioStub.listOf("+14155550504").willReturn(TwilioStub.emptyListing()));

        queue("+14155550504");

        awaitState("+14155550504", "sent");
        assertThat(TwilioStub.sentTo("+14155550504")).hasSize(2);
    }

    @Test
    void anotherTextOfTheSameWordsIsNotTakenForThisOne() {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state, message_sid)
                values ('earlier', '+14155550505', $1, 'sent', 'SM0505')
                """,
                BODY);
        firstAnswer("+14155550505", WireMock.aResponse().withStatus(503));
        TwilioStub.stub(
                TwilioStub.listOf("+14155550505").willReturn(TwilioStub.listing(BODY, "SM0505")));

        queue("+14155550505");

        awaitState("+14155550505", "sent");
        assertThat(TwilioStub.sentTo("+14155550505")).hasSize(2);
    }

    /// Both answers were lost, both are looked up, and the list holds both: each row takes one of them.
    @Test
    void twoTextsOfTheSameWordsTakeAMessageEach() {
        TwilioStub.stub(
                TwilioStub.listOf("+14155550517")
                        .willReturn(
                                TwilioStub.listing(BODY, "SM0517b", "SM0517a")
                                        .withFixedDelay(300)));

        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state)
                values ('twin:a', '+14155550517', $1, 'unknown'), ('twin:b', '+14155550517', $1, 'unknown')
                """,
                BODY);
        service.pump().toCompletableFuture().join();

        await().untilAsserted(() ->
                assertThat(
                                database.text(
                                        "select string_agg(state || ' ' || message_sid, ', ' order by message_sid) from sms_outbox where recipient = '+14155550517'"))
                        .isEqualTo("sent SM0517a, sent SM0517b"));
        assertThat(TwilioStub.sentTo("+14155550517")).isEmpty();
    }

    @Test
    void aMessageThatIsAnotherTextsAlreadyIsLookedUpAgain() {
        TwilioStub.stub(
                TwilioStub.listOf("+14155550518").willReturn(TwilioStub.listing(BODY, "SM0518")));
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state, message_sid)
                values ('first', '+14155550518', $1, 'sent', 'SM0518')
                """,
                BODY);
        UUID second =
                database.execute(
                                """
                                insert into sms_outbox (dedupe_key, recipient, body, state, attempts, lease_until)
                                values ('second', '+14155550518', $1, 'sending', 1, now() + interval '1 hour') returning id
                                """,
                                BODY)
                        .iterator()
                        .next()
                        .getUUID(0);

        boolean ours =
                outbox.sent(
                                new OutboxText(
                                        second,
                                        Optional.empty(),
                                        "+14155550518",
                                        BODY,
                                        1,
                                        true,
                                        false,
                                        false,
                                        Optional.empty(),
                                        Instant.now(),
                                        Set.of()),
                                "SM0518")
                        .toCompletableFuture()
                        .join();

        assertThat(ours).isFalse();
        awaitState("+14155550518", "sent");
        assertThat(TwilioStub.sentTo("+14155550518")).hasSize(1);
    }

    @Test
    void tooManyRequestsWaitAsLongAsTwilioAsks() {
        firstAnswer(
                "+14155550506",
                TwilioStub.refused(429, 20429, "Too Many Requests").withHeader("Retry-After", "1"));

        queue("+14155550506");

        awaitState("+14155550506", "sent");
        assertThat(column("attempts", "+14155550506")).isEqualTo("2");
    }

    @Test
    void aTextWhoseProcessDiedIsLookedUpFirst() {
        TwilioStub.stub(
                TwilioStub.listOf("+14155550507").willReturn(TwilioStub.listing(BODY, "SM0507")));

        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state, attempts, lease_until)
                values ('dead', '+14155550507', $1, 'sending', 1, now() - interval '1 second')
                """,
                BODY);

        awaitState("+14155550507", "sent");
        assertThat(TwilioStub.sentTo("+14155550507")).isEmpty();
    }

    /// The process dies between Twilio's answer and its own commit: its connections to the database are gone before it can
    /// write down what Twilio said.
    @Test
    void aProcessThatDiesAfterTwiliosAnswerSendsNothingTwice() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550513").willReturn(TwilioStub.accepted("SM0513")));
        TwilioStub.stub(
                TwilioStub.listOf("+14155550513").willReturn(TwilioStub.listing(BODY, "SM0513")));
        Pool dying = pool();
        var died =
                new OutboxPump(
                        only(dying, "+14155550513"),
                        new DiesAfterSending(sender, dying),
                        optOuts,
                        events,
                        Duration.ofMillis(100));
        database.execute(
                "insert into sms_outbox (dedupe_key, recipient, body, next_attempt_at) values ('dies', '+14155550513', $1, now() + interval '1 day')",
                BODY);

        assertThatThrownBy(() -> died.pump().toCompletableFuture().join()).isNotNull();

        assertThat(TwilioStub.sentTo("+14155550513")).hasSize(1);
        assertThat(column("state", "+14155550513")).isEqualTo("sending");
        database.execute(
                "update sms_outbox set lease_until = now() where recipient = '+14155550513'");
        awaitState("+14155550513", "sent");
        assertThat(column("message_sid", "+14155550513")).isEqualTo("SM0513");
        assertThat(TwilioStub.sentTo("+14155550513")).hasSize(1);
    }

    /// An outbox that hands out this one text, due or not, and no other.
    private static SmsOutbox only(Pool pool, String number) {
        var outbox = new PgSmsOutbox(pool, Duration.ofSeconds(60), Duration.ofDays(1));
        return new SmsOutbox() {
            private boolean handedOut;

            @Override
            public synchronized CompletionStage<Optional<OutboxText>> claim() {
                if (handedOut) {
                    return CompletableFuture.completedFuture(Optional.empty());
                }
                handedOut = true;
                return pool.preparedQuery(
                                """
                                update sms_outbox set state = 'sending', attempts = attempts + 1, lease_until = now() + interval '1 hour'
                                where recipient = $1 returning id, body, attempts, created_at
                                """)
                        .execute(Tuple.of(number))
                        .map(rows -> rows.iterator().next())
                        .map(row ->
                                Optional.of(
                                        new OutboxText(
                                                row.getUUID("id"),
                                                Optional.empty(),
                                                number,
                                                row.getString("body"),
                                                row.getInteger("attempts"),
                                                false,
                                                false,
                                                false,
                                                Optional.empty(),
                                                row.getOffsetDateTime("created_at").toInstant(),
                                                Set.of())))
                        .subscribeAsCompletionStage();
            }

            @Override
            public CompletionStage<Boolean> sent(OutboxText text, String messageSid) {
                return outbox.sent(text, messageSid);
            }

            @Override
            public CompletionStage<Void> failed(
                    OutboxText text, Optional<Integer> code, String reason) {
                return outbox.failed(text, code, reason);
            }

            @Override
            public CompletionStage<Void> skipped(OutboxText text, String reason) {
                return outbox.skipped(text, reason);
            }

            @Override
            public CompletionStage<Void> endedWell(
                    OutboxText text, CallOutcome outcome, EndReason end) {
                return outbox.endedWell(text, outcome, end);
            }

            @Override
            public CompletionStage<Void> unknown(OutboxText text, String why, Duration after) {
                return outbox.unknown(text, why, after);
            }

            @Override
            public CompletionStage<Void> later(OutboxText text, String why, Duration after) {
                return outbox.later(text, why, after);
            }

            @Override
            public CompletionStage<Optional<Delivered>> delivery(DeliveryStatus report) {
                return outbox.delivery(report);
            }
        };
    }

    private record DiesAfterSending(SmsSender sender, Pool pool) implements SmsSender {

        @Override
        public CompletionStage<Result> send(String to, String body) {
            return sender.send(to, body)
                    .thenCompose(result ->
                            pool.close().subscribeAsCompletionStage().thenApply(_ -> result));
        }

        @Override
        public CompletionStage<Lookup> find(String to, String body, Instant since) {
            return sender.find(to, body, since);
        }
    }

    @Test
    void aTextForACallThatEndedWellAfterAllIsNotSent() {
        database.execute(
                "insert into calls (call_sid, outcome, end_reason) values ('CA50000000000000000000000000000514', 'our_fault', 'assistant_ended')");
        database.execute(
                """
                insert into sms_outbox (dedupe_key, call_sid, recipient, body)
                values ('recovery:CA50000000000000000000000000000514', 'CA50000000000000000000000000000514', '+14155550514', $1)
                """,
                BODY);

        awaitState("+14155550514", "skipped");
        assertThat(column("error_reason", "+14155550514")).isEqualTo("ended_well");
        assertThat(TwilioStub.sentTo("+14155550514")).isEmpty();
        assertThat(
                        database.text(
                                "select outcome || ' ' || outcome_reason from calls where call_sid = 'CA50000000000000000000000000000514'"))
                .isEqualTo("completed assistant_ended");
    }

    @Test
    void aNumberThatWasOffGetsNoTextForAWhileAndThenAgain() {
        database.execute(
                """
                insert into sms_opt_outs (phone, reason, expires_at)
                values ('+14155550515', 'code_30003', now() + interval '1 hour'),
                       ('+14155550516', 'code_30003', now() - interval '1 hour')
                """);

        queue("+14155550515");
        queue("+14155550516");

        awaitState("+14155550515", "skipped");
        awaitState("+14155550516", "sent");
    }

    @Test
    void aTextThatIsTooLateIsNotSent() {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, valid_until)
                values ('late', '+14155550508', $1, now() - interval '1 second')
                """,
                BODY);

        awaitState("+14155550508", "failed");
        assertThat(column("error_reason", "+14155550508")).isEqualTo("expired");
        assertThat(TwilioStub.sentTo("+14155550508")).isEmpty();
    }

    @Test
    void whoSaysStopBeforeItIsSentGetsNoText() {
        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "MessageSid", "SM0509",
                                "From", "+14155550509",
                                "To", TwilioStub.OUR_NUMBER,
                                "Body", "STOP"))
                .then()
                .statusCode(204);

        queue("+14155550509");

        awaitState("+14155550509", "skipped");
        assertThat(TwilioStub.sentTo("+14155550509")).isEmpty();
    }

    @Test
    void deliveryReportsOnlyMoveForwardAlsoWhenTheyComeBeforeTheAnswer() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550510").willReturn(TwilioStub.accepted("SM0510")));
        report("SM0510", "delivered");

        queue("+14155550510");
        awaitState("+14155550510", "sent");
        report("SM0510", "sent");

        assertThat(column("delivery_status", "+14155550510")).isEqualTo("delivered");
    }

    @Test
    void anUndeliverableNumberIsRemembered() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550511").willReturn(TwilioStub.accepted("SM0511")));
        queue("+14155550511");
        awaitState("+14155550511", "sent");

        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "MessageSid", "SM0511",
                                "MessageStatus", "undelivered",
                                "ErrorCode", "30006"))
                .then()
                .statusCode(200);

        assertThat(column("delivery_status", "+14155550511")).isEqualTo("undelivered");
        assertThat(database.text("select reason from sms_opt_outs where phone = '+14155550511'"))
                .isEqualTo("code_30006");
    }

    private Pool pool() {
        return Pool.newInstance(
                PgBuilder.pool()
                        .connectingTo(
                                PgConnectOptions.fromUri(url).setUser(user).setPassword(password))
                        .with(new PoolOptions().setMaxSize(4))
                        .using(vertx.getDelegate())
                        .build());
    }

    private OutboxPump pump() {
        return new OutboxPump(
                new PgSmsOutbox(pool(), Duration.ofSeconds(60), Duration.ofDays(1)),
                sender,
                optOuts,
                events,
                Duration.ofMillis(100));
    }

    /// The next answer is an ordinary one.
    private static void firstAnswer(String number, ResponseDefinitionBuilder answer) {
        TwilioStub.stub(
                TwilioStub.sendTo(number)
                        .inScenario(number)
                        .whenScenarioStateIs(STARTED)
                        .willReturn(answer)
                        .willSetStateTo("answered"));
    }

    private static void report(String messageSid, String status) {
        SignedForm.post("/voice-action", Map.of("MessageSid", messageSid, "MessageStatus", status))
                .then()
                .statusCode(200);
    }

    private void queue(String number) {
        database.execute(
                "insert into sms_outbox (dedupe_key, recipient, body) values ($1, $2, $3)",
                "test:" + number,
                number,
                BODY);
        service.pump().toCompletableFuture().join();
    }

    private void awaitState(String number, String state) {
        await().untilAsserted(() -> assertThat(column("state", number)).isEqualTo(state));
    }

    /// Of the newest text to this number.
    private String column(String name, String number) {
        return String.valueOf(
                database.text(
                        "select "
                                + name
                                + "::text from sms_outbox where recipient = $1 order by created_at desc limit 1",
                        number));
    }
}
