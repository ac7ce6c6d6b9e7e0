package org.telephonystack.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class SettingOrderTest {

    private static final SettingOrder ORDER =
            new SettingOrder()
                    .longer("whole", "part", "the part would never end")
                    .longer("day", "hour", "there would be no evening");

    @Test
    void whatIsLongerIsWell() {
        assertThat(problems(11, 10)).isEmpty();
    }

    @Test
    void whatIsNoLongerIsNamedInOneLineWithTheOther() {
        assertThat(problems(10, 10))
                .containsExactly(
                        "whole is PT10S: the part would never end; set it to more than part (PT10S)");
    }

    private static List<String> problems(int whole, int part) {
        Map<String, Duration> settings =
                Map.of(
                        "whole", Duration.ofSeconds(whole),
                        "part", Duration.ofSeconds(part),
                        "day", Duration.ofHours(24),
                        "hour", Duration.ofHours(1));
        return ORDER.problems(name -> requireNonNull(settings.get(name)));
    }
}
