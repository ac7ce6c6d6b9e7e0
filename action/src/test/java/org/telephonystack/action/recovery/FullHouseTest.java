package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.recovery.postgres.PgCallLedger;
import org.telephonystack.action.recovery.postgres.PgConclusion;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Callers who found all lines busy, from Twilio's news to the outbox: who leaves no message is told by text.
class FullHouseTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    private final OutcomeRule rule = new OutcomeRule(Duration.ofSeconds(5), Duration.ofSeconds(60));
    private final CallClosing closing =
            new CallClosing(
                    new PgCallLedger(
                            database.one(),
                            new PgConclusion(
                                    rule,
                                    new RecoveryPolicy(Set.of(), 3, Duration.ofMinutes(10)),
                                    Duration.ZERO),
                            rule,
                            Duration.ofSeconds(10)),
                    new SeenRecovery());

    @BeforeEach
    void allLinesAreBusyAndTheCallerIsGone() {
        news(CallEvent.Kind.ANNOUNCED, "full", Map.of("turnedAway", "full"));
        news(CallEvent.Kind.CALL_STATUS, "completed", Map.of("Direction", "inbound"));
    }

    @Test
    void whoseMessageIsStillOnItsWayToUsIsNotWrittenTo() {
        database.execute("update call_events set received_at = now() - interval '59 seconds'");
        database.execute("update calls set review_at = now()");
        assertThat(await(closing.reviewDue())).isEqualTo(1);
        assertThat(texts()).isZero();

        news(CallEvent.Kind.RECORDING, "completed", Map.of("RecordingDuration", "7"));

        assertThat(outcome()).isEqualTo("voicemail full");
        assertThat(texts()).isZero();
    }

    @Test
    void whoLeftNoneGetsTheTextOfACallThatWasNotTakenOnce() {
        news(CallEvent.Kind.RECORDING, "completed", Map.of("RecordingDuration", "0"));

        assertThat(outcome()).isEqualTo("declined full");
        assertThat(database.text("select recipient || ': ' || body from sms_outbox"))
                .isEqualTo(
                        "+14155550199: Sorry we couldn't take your call! Reply here or call back anytime. Reply STOP to opt out.");
        assertThat(texts()).isEqualTo(1);
    }

    @Test
    void whoHungUpBeforeTheToneGetsItOnceNoMessageCanComeAnyMore() {
        database.execute("update call_events set received_at = now() - interval '60 seconds'");
        database.execute("update calls set review_at = now()");

        assertThat(await(closing.reviewDue())).isEqualTo(1);

        assertThat(outcome()).isEqualTo("declined full");
        assertThat(texts()).isEqualTo(1);
    }

    private void news(CallEvent.Kind kind, String status, Map<String, String> more) {
        var fields = new HashMap<>(more);
        fields.put("From", "+14155550199");
        fields.put("To", "+18005550123");
        await(
                closing.on(
                        new CallEvent(
                                kind,
                                kind.word() + ":" + CALL,
                                Optional.of(CALL),
                                Optional.of(status),
                                fields)));
    }

    private String outcome() {
        return String.valueOf(database.text("select outcome || ' ' || outcome_reason from calls"));
    }

    private long texts() {
        return database.count("select count(*) from sms_outbox");
    }
}
