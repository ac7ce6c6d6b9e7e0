package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.afterstream.AfterStreamDesk;
import org.telephonystack.action.afterstream.Humans;
import org.telephonystack.action.afterstream.Question;
import org.telephonystack.action.afterstream.TakeoverRule;
import org.telephonystack.action.afterstream.postgres.PgTakeovers;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.business.postgres.PgBusinessStore;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.recovery.postgres.PgCallLedger;
import org.telephonystack.action.recovery.postgres.PgConclusion;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.call.AfterStream;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Callers whom frontdoor let in, and whose stream was refused because all places were taken.
class RefusedStreamTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    private final OutcomeRule rule = new OutcomeRule(Duration.ofSeconds(5), Duration.ofSeconds(60));
    private final PgCallLedger ledger =
            new PgCallLedger(
                    database.one(),
                    new PgConclusion(
                            rule,
                            new RecoveryPolicy(Set.of(), 3, Duration.ofMinutes(10)),
                            Duration.ZERO),
                    rule,
                    LIMIT);
    private final CallClosing closing = new CallClosing(ledger, new SeenRecovery());
    private final AfterStreamDesk desk =
            new AfterStreamDesk(
                    ledger,
                    closing,
                    new PgTakeovers(database.one(), new TakeoverRule(Duration.ofSeconds(5)), LIMIT),
                    new Humans(
                            new CurrentBusiness(new PgBusinessStore(database.one())),
                            Clock.systemUTC()),
                    (_, _, _, _) -> {},
                    Duration.ofMillis(1));

    @Test
    void whoWasLetInAndFindsAFullStreamMayLeaveAMessageAndCountsAsDeclined() {
        placesAreLeft(0);
        news(CallEvent.Kind.ANNOUNCED, Optional.empty(), Map.of());

        assertThat(asked(1)).isEqualTo(new AfterStream.FullHouse(Optional.empty()));
        assertThat(asked(1)).isEqualTo(new AfterStream.FullHouse(Optional.empty()));
        assertThat(outcome()).isEqualTo("null");

        news(CallEvent.Kind.STREAM, Optional.of("stream-error"), Map.of());
        news(CallEvent.Kind.CALL_STATUS, Optional.of("completed"), Map.of("Direction", "inbound"));
        news(CallEvent.Kind.RECORDING, Optional.of("absent"), Map.of());

        assertThat(outcome()).isEqualTo("declined full");
        assertThat(database.text("select body from sms_outbox"))
                .startsWith("Sorry we couldn't take your call!");
    }

    @Test
    void whoseAnnouncementWasLostAndWhoLeavesAMessageIsNotWrittenTo() {
        placesAreLeft(0);

        assertThat(asked(1)).isEqualTo(new AfterStream.FullHouse(Optional.empty()));
        news(CallEvent.Kind.CALL_STATUS, Optional.of("completed"), Map.of("Direction", "inbound"));
        news(CallEvent.Kind.RECORDING, Optional.of("completed"), Map.of("RecordingDuration", "7"));

        assertThat(outcome()).isEqualTo("voicemail full");
        assertThat(database.count("select count(*) from sms_outbox")).isZero();
    }

    @Test
    void aPlaceThatComesFreeMeanwhileIsTaken() {
        placesAreLeft(0);
        assertThat(asked(1)).isEqualTo(new AfterStream.FullHouse(Optional.empty()));

        database.execute("update stream_instances set active_calls = 1");

        assertThat(asked(1)).isEqualTo(new AfterStream.ConnectAgain(2));
    }

    private void placesAreLeft(int free) {
        database.execute(
                """
                insert into stream_instances (id, address, internal_address, call_limit, active_calls)
                values (gen_random_uuid(), 'stream', 'http://stream:9000', 2, 2 - $1)
                """,
                free);
    }

    private AfterStream asked(int attempt) {
        return await(
                desk.ask(
                        new Question(
                                CALL,
                                attempt,
                                Optional.of("in-progress"),
                                Optional.of("+14155550199"),
                                Optional.of("+18005550123"),
                                Optional.of("stream-error"),
                                Optional.empty(),
                                false)));
    }

    private void news(CallEvent.Kind kind, Optional<String> status, Map<String, String> more) {
        var fields = new HashMap<>(more);
        fields.put("From", "+14155550199");
        fields.put("To", "+18005550123");
        await(
                closing.on(
                        new CallEvent(
                                kind,
                                kind.word() + ":" + CALL,
                                Optional.of(CALL),
                                status,
                                fields)));
    }

    private String outcome() {
        return String.valueOf(database.text("select outcome || ' ' || outcome_reason from calls"));
    }
}
