package org.telephonystack.action.admission.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.admission.AdmissionStore;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.PhoneNumber;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Blocked by two at once; and a day is the business's, whatever zone the session is in.
class PgAdmissionStoreTest {

    private static final PhoneNumber MARIA = new PhoneNumber("+14155550199");

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void whoIsBlockedByTwoAtOnceIsBlockedOnceAndOneOfThemHearsThatItIsNew() {
        CompletionStage<Boolean> first;
        CompletionStage<Boolean> second;

        try (var _ =
                database.transaction(
                        "insert into blocked_callers (phone) values ('+14155550199')")) {
            first = one().block(MARIA, "rude");
            second = other().block(MARIA, "rude");
            database.awaitWaiting(2);
        }

        assertThat(List.of(await(first), await(second))).containsExactlyInAnyOrder(true, false);
        assertThat(await(other().today(Optional.empty(), Optional.empty())).blocked())
                .containsExactly(MARIA);
        assertThat(await(other().unblock(MARIA))).isTrue();
        assertThat(await(one().unblock(MARIA))).isFalse();
    }

    /// One zone ahead of UTC and one behind: in each a call a second before its midnight is yesterday's.
    @Test
    void aDayBeginsAtTheBusinesssMidnight() {
        for (String zone : List.of("Pacific/Auckland", "America/Los_Angeles")) {
            database.execute("delete from business");
            database.execute("delete from calls");
            database.execute(
                    "insert into business (name, time_zone, language, persona, voice) values ('B', $1, 'en', 'p', 'v')",
                    zone);
            Instant midnight =
                    LocalDate.now(ZoneId.of(zone)).atStartOfDay(ZoneId.of(zone)).toInstant();

            talked("CA00000000000000000000000000000001", midnight.minusSeconds(1));
            assertThat(atLimit()).as(zone).isEmpty();

            talked("CA00000000000000000000000000000002", midnight);
            assertThat(atLimit()).as(zone).containsExactly(MARIA);
        }
    }

    private Set<PhoneNumber> atLimit() {
        return await(one().today(Optional.empty(), Optional.of(Duration.ofMinutes(30))))
                .callersAtLimit();
    }

    private void talked(String callSid, Instant from) {
        database.execute(
                """
                insert into calls (call_sid, caller, stream_started_at, stream_ended_at)
                values ($1, '+14155550199', $2, $2 + interval '40 minutes')
                """,
                callSid,
                from.atOffset(ZoneOffset.UTC));
    }

    private AdmissionStore one() {
        return new PgAdmissionStore(database.one(), Duration.ofSeconds(10));
    }

    private AdmissionStore other() {
        return new PgAdmissionStore(database.other(), Duration.ofSeconds(10));
    }
}
