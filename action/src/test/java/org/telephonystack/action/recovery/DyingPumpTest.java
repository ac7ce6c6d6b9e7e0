package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;

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

/// Several processes pump, and some die: each text is sent once, and looked up before it is sent again.
@ActionTest
class DyingPumpTest {

    @Inject TestDatabase database;
    @Inject Texts texts;
    @Inject SmsSender sender;
    @Inject OptOuts optOuts;
    @Inject RecoveryEvents events;
    @Inject OutboxPump service;
    @Inject SmsOutbox outbox;
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
                Texts.BODY);

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

    /// Both answers were lost, both are looked up, and the list holds both: each row takes one of them.
    @Test
    void twoTextsOfTheSameWordsTakeAMessageEach() {
        TwilioStub.stub(
                TwilioStub.listOf("+14155550517")
                        .willReturn(
                                TwilioStub.listing(Texts.BODY, "SM0517b", "SM0517a")
                                        .withFixedDelay(300)));

        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state)
                values ('twin:a', '+14155550517', $1, 'unknown'), ('twin:b', '+14155550517', $1, 'unknown')
                """,
                Texts.BODY);
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
                TwilioStub.listOf("+14155550518")
                        .willReturn(TwilioStub.listing(Texts.BODY, "SM0518")));
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state, message_sid)
                values ('first', '+14155550518', $1, 'sent', 'SM0518')
                """,
                Texts.BODY);
        UUID second =
                database.execute(
                                """
                                insert into sms_outbox (dedupe_key, recipient, body, state, attempts, lease_until)
                                values ('second', '+14155550518', $1, 'sending', 1, now() + interval '1 hour') returning id
                                """,
                                Texts.BODY)
                        .iterator()
                        .next()
                        .getUUID(0);

        boolean ours =
                outbox.sent(
                                new OutboxText(
                                        second,
                                        Optional.empty(),
                                        "+14155550518",
                                        Texts.BODY,
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
        texts.awaitState("+14155550518", "sent");
        assertThat(TwilioStub.sentTo("+14155550518")).hasSize(1);
    }

    @Test
    void anotherTextOfTheSameWordsIsNotTakenForThisOne() {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state, message_sid)
                values ('earlier', '+14155550505', $1, 'sent', 'SM0505')
                """,
                Texts.BODY);
        Texts.firstAnswer("+14155550505", WireMock.aResponse().withStatus(503));
        TwilioStub.stub(
                TwilioStub.listOf("+14155550505")
                        .willReturn(TwilioStub.listing(Texts.BODY, "SM0505")));

        texts.queue("+14155550505");

        texts.awaitState("+14155550505", "sent");
        assertThat(TwilioStub.sentTo("+14155550505")).hasSize(2);
    }

    @Test
    void anAnswerThatNeverCameIsLookedUpAndTheTextIsNotSentAgain() {
        Texts.firstAnswer(
                "+14155550503", WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        TwilioStub.stub(
                TwilioStub.listOf("+14155550503")
                        .willReturn(TwilioStub.listing(Texts.BODY, "SM0503")));

        texts.queue("+14155550503");

        texts.awaitState("+14155550503", "sent");
        assertThat(texts.column("message_sid", "+14155550503")).isEqualTo("SM0503");
        assertThat(TwilioStub.sentTo("+14155550503")).hasSize(1);
    }

    @Test
    void whatTwilioDoesNotHaveIsSentAgain() {
        Texts.firstAnswer("+14155550504", WireMock.serverError());
        TwilioStub.stub(TwilioStub.listOf("+14155550504").willReturn(TwilioStub.emptyListing()));

        texts.queue("+14155550504");

        texts.awaitState("+14155550504", "sent");
        assertThat(TwilioStub.sentTo("+14155550504")).hasSize(2);
    }

    @Test
    void aTextWhoseProcessDiedIsLookedUpFirst() {
        TwilioStub.stub(
                TwilioStub.listOf("+14155550507")
                        .willReturn(TwilioStub.listing(Texts.BODY, "SM0507")));

        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state, attempts, lease_until)
                values ('dead', '+14155550507', $1, 'sending', 1, now() - interval '1 second')
                """,
                Texts.BODY);

        texts.awaitState("+14155550507", "sent");
        assertThat(TwilioStub.sentTo("+14155550507")).isEmpty();
    }

    /// The process dies between Twilio's answer and its own commit: its connections to the database are gone before it can
    /// write down what Twilio said.
    @Test
    void aProcessThatDiesAfterTwiliosAnswerSendsNothingTwice() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550513").willReturn(TwilioStub.accepted("SM0513")));
        TwilioStub.stub(
                TwilioStub.listOf("+14155550513")
                        .willReturn(TwilioStub.listing(Texts.BODY, "SM0513")));
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
                Texts.BODY);

        assertThatThrownBy(() -> died.pump().toCompletableFuture().join()).isNotNull();

        assertThat(TwilioStub.sentTo("+14155550513")).hasSize(1);
        assertThat(texts.column("state", "+14155550513")).isEqualTo("sending");
        database.execute(
                "update sms_outbox set lease_until = now() where recipient = '+14155550513'");
        texts.awaitState("+14155550513", "sent");
        assertThat(texts.column("message_sid", "+14155550513")).isEqualTo("SM0513");
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
}
