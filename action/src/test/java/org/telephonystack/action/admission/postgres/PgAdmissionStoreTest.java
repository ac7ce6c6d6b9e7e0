package org.telephonystack.action.admission.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.admission.AdmissionStore;
import org.telephonystack.action.admission.AdmissionStore.Today;
import org.telephonystack.action.admission.AdmissionStore.Unblocked;
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
    private static final PhoneNumber JOHN = new PhoneNumber("+14155550142");

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
        assertThat(await(other().unblock(MARIA))).isEqualTo(Unblocked.DONE);
        assertThat(await(one().unblock(MARIA))).isEqualTo(Unblocked.WAS_NOT_BLOCKED);
    }

    /// One zone ahead of UTC and one behind: in each, of a call that goes on at its midnight the part after it is today's.
    @Test
    void aDayBeginsAtTheBusinesssMidnight() {
        for (String zone : List.of("Pacific/Auckland", "America/Los_Angeles")) {
            Instant midnight = midnightIn(zone);

            talked(1, MARIA, midnight.minusSeconds(40 * 60));
            assertThat(atLimit(Duration.ofSeconds(1))).as(zone).isEmpty();

            talked(2, MARIA, midnight.minusSeconds(15 * 60));
            assertThat(atLimit(Duration.ofMinutes(25))).as(zone).containsExactly(MARIA);
            assertThat(atLimit(Duration.ofMinutes(26))).as(zone).isEmpty();

            talked(3, MARIA, midnight);
            assertThat(atLimit(Duration.ofMinutes(65))).as(zone).containsExactly(MARIA);
        }
    }

    @Test
    void aCallThatIsTakenUpAfterMidnightCountsFromMidnight() {
        Instant midnight = midnightIn("UTC");
        talked(1, MARIA, midnight.plusSeconds(60));
        database.execute(
                "update calls set first_stream_at = stream_started_at - interval '40 minutes'");

        assertThat(atLimit(Duration.ofMinutes(41))).containsExactly(MARIA);
        assertThat(atLimit(Duration.ofMinutes(42))).isEmpty();
    }

    /// Ten of forty minutes are today's, and so is a quarter of what they cost.
    @Test
    void whatACallCostBeforeMidnightIsYesterdays() {
        Instant midnight = midnightIn("UTC");
        priced();
        database.execute("update business set cost_a_day_per_caller = 1");
        talked(1, MARIA, midnight.minusSeconds(30 * 60));

        spent(1, 1_000_000);
        assertThat(atLimit(Duration.ofDays(1))).as("1.00").containsExactly(MARIA);
        database.execute("update call_usage set text_in = 999000");
        assertThat(atLimit(Duration.ofDays(1))).as("0.999").isEmpty();
    }

    @Test
    void theBusinesssOwnMinutesComeBeforeTheSettings() {
        business("minutes_a_day, minutes_a_day_per_caller", "60, 40");
        talked(1, MARIA, Instant.now());
        var hundred = Optional.of(Duration.ofMinutes(100));

        Today today = await(one().today(hundred, hundred));

        assertThat(today.callersAtLimit()).containsExactly(MARIA);
        assertThat(today.businessAtLimit()).isFalse();

        talked(2, JOHN, Instant.now());
        assertThat(await(one().today(hundred, hundred)).businessAtLimit()).isTrue();
    }

    @Test
    void costIsLimitedForTheCallerAndForAll() {
        priced();
        business("cost_a_day, cost_a_day_per_caller", "6, 3.99");
        talked(1, MARIA, Instant.now());
        talked(2, JOHN, Instant.now());
        spent(1, 1_000_000);
        spent(2, 400_000);

        Today today = await(one().today(Optional.empty(), Optional.empty()));
        assertThat(today.callersAtLimit()).as("4.00 and 1.60").containsExactly(MARIA);
        assertThat(today.businessAtLimit()).isFalse();

        database.execute("update call_usage set text_in = 500000 where text_in = 400000");
        assertThat(await(one().today(Optional.empty(), Optional.empty())).businessAtLimit())
                .as("6.00")
                .isTrue();
    }

    @Test
    void withoutPricesNothingCostsAnything() {
        business("cost_a_day, cost_a_day_per_caller", "0.01, 0.01");
        talked(1, MARIA, Instant.now());
        spent(1, 1_000_000);

        assertThat(await(one().knowsPrices())).isFalse();
        assertThat(await(one().today(Optional.empty(), Optional.empty())))
                .isEqualTo(new Today(false, Set.of(), Set.of()));
    }

    private void business(String columns, String values) {
        database.execute(
                "insert into business (name, time_zone, language, persona, voice, %s) values ('B', 'UTC', 'en', 'p', 'v', %s)"
                        .formatted(columns, values));
    }

    private void spent(int call, long textIn) {
        database.execute(
                """
                insert into call_usage (call_sid, responses, text_in, text_cached, audio_in, audio_cached, text_out, audio_out)
                values ($1, 1, $2, 0, 0, 0, 0, 0)
                """,
                sid(call),
                textIn);
    }

    private Set<PhoneNumber> atLimit(Duration limit) {
        return await(one().today(Optional.empty(), Optional.of(limit))).callersAtLimit();
    }

    /// Of a business in that zone, which has no calls yet.
    private Instant midnightIn(String zone) {
        database.execute("delete from business");
        database.execute("delete from calls");
        database.execute(
                "insert into business (name, time_zone, language, persona, voice) values ('B', $1, 'en', 'p', 'v')",
                zone);
        return LocalDate.now(ZoneId.of(zone)).atStartOfDay(ZoneId.of(zone)).toInstant();
    }

    /// Four for a million tokens of text.
    private void priced() {
        database.execute(
                """
                insert into model_prices (valid_from, currency, text_in, text_cached, audio_in, audio_cached, text_out, audio_out,
                    analysis_in, analysis_cached, analysis_out)
                values (now() - interval '2 days', 'USD', 4, 0, 0, 0, 0, 0, 0, 0, 0)
                """);
    }

    private static String sid(int call) {
        return "CA" + "%032d".formatted(call);
    }

    private void talked(int call, PhoneNumber caller, Instant from) {
        database.execute(
                """
                insert into calls (call_sid, caller, stream_started_at, stream_ended_at)
                values ($1, $3, $2, $2 + interval '40 minutes')
                """,
                sid(call),
                from.atOffset(ZoneOffset.UTC),
                caller.e164());
    }

    private AdmissionStore one() {
        return new PgAdmissionStore(database.one(), Duration.ofSeconds(10));
    }

    private AdmissionStore other() {
        return new PgAdmissionStore(database.other(), Duration.ofSeconds(10));
    }
}
