package org.telephonystack.action.sms.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.sms.Consent;
import org.telephonystack.action.sms.InboundText;
import org.telephonystack.action.sms.OptOuts;
import org.telephonystack.action.wiring.StoreDatabase;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Who gets no texts, as two processes learn it.
class PgOptOutsTest {

    private static final String MARIA = "+14155550199";
    private static final Duration DAY = Duration.ofDays(1);

    /// A row that somebody else is writing.
    private static final String BEING_WRITTEN =
            "insert into sms_opt_outs (phone, reason) values ('+14155550199', 'code_21610')";

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void aNumberIsOptedOutForGoodAndTheFirstReasonStays() {
        assertThat(contained()).isFalse();

        await(one().add(MARIA, "stop"));
        await(other().add(MARIA, "code_21610"));
        await(other().addFor(MARIA, "code_30003", DAY));

        assertThat(contained()).isTrue();
        assertThat(row()).isEqualTo("stop for good");
    }

    @Test
    void anOptOutForAWhileIsOverByTheDatabasesClock() {
        await(one().addFor(MARIA, "code_30003", DAY));

        assertThat(contained()).isTrue();
        assertThat(
                        database.count(
                                """
                                select count(*) from sms_opt_outs
                                where expires_at between now() + interval '23 hours 59 minutes' and now() + interval '24 hours'
                                """))
                .isEqualTo(1);
        database.execute("update sms_opt_outs set expires_at = now()");
        assertThat(contained()).isFalse();
    }

    @Test
    void oneForAWhileGivesWayToAnyOther() {
        await(one().addFor(MARIA, "code_30003", DAY));
        await(other().addFor(MARIA, "code_30008", DAY));
        assertThat(row()).isEqualTo("code_30008 for a while");

        await(one().add(MARIA, "stop"));
        assertThat(row()).isEqualTo("stop for good");
    }

    @Test
    void ofTwoThatComeWhileAnotherIsWrittenNoneUndoesIt() {
        CompletionStage<Void> forAWhile;
        CompletionStage<Void> forGood;

        try (var first = database.transaction(BEING_WRITTEN)) {
            forAWhile = one().addFor(MARIA, "code_30003", DAY);
            forGood = other().add(MARIA, "stop");
            database.awaitWaiting(2);
            first.commit();
        }

        await(forAWhile);
        await(forGood);
        assertThat(row()).isEqualTo("code_21610 for good");
    }

    /// In whichever order the two come: for good is for good.
    @Test
    void ofOneForAWhileAndOneForGoodAtOnceTheOneForGoodStays() {
        CompletionStage<Void> forAWhile;
        CompletionStage<Void> forGood;

        try (var _ = database.transaction(BEING_WRITTEN)) {
            forAWhile = one().addFor(MARIA, "code_30003", DAY);
            forGood = other().add(MARIA, "stop");
            database.awaitWaiting(2);
        }

        await(forAWhile);
        await(forGood);
        assertThat(row()).isEqualTo("stop for good");
    }

    @Test
    void aTextThatTwoProcessesGetAtOnceIsNewToOneOfThem() {
        CompletionStage<Boolean> first;
        CompletionStage<Boolean> second;
        var stop = new InboundText("SM1", MARIA, "+18005550123", "STOP");

        try (var _ =
                database.transaction(
                        "insert into sms_inbox (message_sid, sender, recipient, body) values ('SM1', '', '', '')")) {
            first = new PgSmsInbox(database.one()).receive(stop, Consent.WITHDRAWN);
            second = new PgSmsInbox(database.other()).receive(stop, Consent.WITHDRAWN);
            database.awaitWaiting(2);
        }

        assertThat(List.of(await(first), await(second))).containsExactlyInAnyOrder(true, false);
        assertThat(row()).isEqualTo("stop for good");
        assertThat(database.count("select count(*) from sms_inbox where body = 'STOP'"))
                .isEqualTo(1);
    }

    /// Twilio repeats what it got no answer to: the repeated STOP of yesterday undoes no START of today.
    @Test
    void aRepeatedTextChangesNothing() {
        var inbox = new PgSmsInbox(database.one());
        var stop = new InboundText("SM1", MARIA, "+18005550123", "STOP");
        var start = new InboundText("SM2", MARIA, "+18005550123", "START");
        await(inbox.receive(stop, Consent.WITHDRAWN));
        await(inbox.receive(start, Consent.GIVEN));

        assertThat(await(inbox.receive(stop, Consent.WITHDRAWN))).isFalse();

        assertThat(contained()).isFalse();
    }

    private boolean contained() {
        return await(one().contains(MARIA));
    }

    private String row() {
        return String.valueOf(
                database.text(
                        "select reason || case when expires_at is null then ' for good' else ' for a while' end from sms_opt_outs"));
    }

    private OptOuts one() {
        return new PgOptOuts(database.one());
    }

    private OptOuts other() {
        return new PgOptOuts(database.other());
    }
}
