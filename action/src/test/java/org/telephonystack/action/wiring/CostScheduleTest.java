package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

class CostScheduleTest {

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whatTheCallsOfTodayCostIsAddedUp() {
        var schedule = new CostSchedule(database.one(), meters);
        prices();
        call(1, "now() - interval '2 days'", 9_000_000);
        addUp(schedule);
        assertThat(cost()).isZero();

        call(2, "now()", 1_000_000);
        call(3, "now()", 500_000);
        addUp(schedule);

        assertThat(cost()).isEqualTo(6.0);
    }

    @Test
    void withoutPricesThereIsNoFigure() {
        call(1, "now()", 1_000_000);

        addUp(new CostSchedule(database.one(), meters));

        assertThat(meters.find("telephony.cost.today").gauges()).isEmpty();
    }

    private double cost() {
        return meters.get("telephony.cost.today").tag("currency", "EUR").gauge().value();
    }

    private static void addUp(CostSchedule schedule) {
        schedule.addUp().await().atMost(Duration.ofSeconds(20));
    }

    private void prices() {
        database.execute(
                """
                insert into model_prices (valid_from, currency, text_in, text_cached, audio_in, audio_cached, text_out, audio_out,
                    analysis_in, analysis_cached, analysis_out)
                values (now() - interval '3 days', 'EUR', 4, 0, 0, 0, 0, 0, 0, 0, 0)
                """);
    }

    private void call(int number, String began, long textIn) {
        String sid = "CA%032d".formatted(number);
        database.execute(
                "insert into calls (call_sid, stream_started_at) values ($1, %s)".formatted(began),
                sid);
        database.execute(
                """
                insert into call_usage (call_sid, responses, text_in, text_cached, audio_in, audio_cached, text_out, audio_out)
                values ($1, 1, $2, 0, 0, 0, 0, 0)
                """,
                sid,
                textIn);
    }
}
