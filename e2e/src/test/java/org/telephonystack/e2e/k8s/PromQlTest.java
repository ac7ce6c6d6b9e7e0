package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// That the alerts' judge reads PromQL as Prometheus does, where our rules need it.
class PromQlTest {

    private static final WatchedDay DAY =
            WatchedDay.healthy()
                    .set("grows{pod='a'}", at -> at)
                    .set("grows{pod='b'}", at -> 2 * at)
                    .set("late", at -> at < 9_500 ? Double.NaN : 1)
                    .set("idle", _ -> 7)
                    .set("took_bucket{le='1.0'}", _ -> 20)
                    .set("took_bucket{le='2.0'}", _ -> 60)
                    .set("took_bucket{le='+Inf'}", _ -> 80);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "vector(2 + 3 * 4 - 1); 13",
                "sum(rate(grows[10m])); 3",
                "sum(rate(grows{pod!~\"b|c\"}[10m] offset 5m)); 1",
                "max by (other) (grows) * 0.5; 10000",
                "sum by (pod) (grows{pod=\"a\"}) and idle or idle; 7",
                "histogram_quantile(0.5, sum by (le) (took_bucket)); 1.5",
                "histogram_quantile(0.9, took_bucket); 2",
                "increase(late[30m]) ; 0",
                "absent(nothing); 1",
                "vector(0.5) + idle; 7.5",
                "idle > 6 and idle < 8; 7"
            })
    void anExpressionHasItsValue(String expression, double value) {
        assertThat(at(expression).get(Map.of())).isCloseTo(value, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "idle > 7",
                "idle unless idle",
                "idle and nothing",
                "absent(idle)",
                "increase(nothing[5m])",
                "rate(idle[5m]) / rate(idle[5m]) > 0",
                "idle and grows"
            })
    void whatIsNotTrueHasNoElements(String expression) {
        assertThat(at(expression)).isEmpty();
    }

    @Test
    void whatIsNotKnownIsRefused() {
        for (String text :
                new String[] {
                    "topk(3, up)", "up @ 5", "sum(up", "up up", "min(up)", "up == bool 1"
                }) {
            assertThatThrownBy(() -> at(text)).as(text).isInstanceOf(RuntimeException.class);
        }
    }

    private static Elements at(String expression) {
        return PromQl.parse(expression, name -> at -> DAY.at(name, at)).at(10_000);
    }
}
