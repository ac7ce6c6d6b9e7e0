package org.telephonystack.model.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class EnvironmentTest {

    @Test
    void aGoodEnvironmentHasNoProblems() {
        var environment =
                new Environment(Map.of("KEY", "value"))
                        .require("KEY", "open the door", "a key", EnvironmentTest::anything)
                        .allow("OTHER", "open a window", "another key", EnvironmentTest::nothing);

        assertThat(environment.problems()).isEmpty();
        assertThat(environment.value("KEY")).contains("value");
    }

    @Test
    void everyProblemIsOneLineThatNamesVariablePurposeAndRemedy() {
        var environment =
                new Environment(Map.of("SHORT", "secret", "BLANK", "  ", "ODD", "secret"))
                        .require("MISSING", "open the door", "a key", EnvironmentTest::anything)
                        .require("BLANK", "close the door", "a bolt", EnvironmentTest::anything)
                        .require("SHORT", "sign", "32 characters", EnvironmentTest::nothing)
                        .allow("ODD", "sign again", "32 characters", EnvironmentTest::nothing)
                        .problem("nothing fits");

        assertThat(environment.problems())
                .containsExactly(
                        "MISSING is not set: needed to open the door; set it to a key",
                        "BLANK is not set: needed to close the door; set it to a bolt",
                        "SHORT is too short: needed to sign; set it to 32 characters",
                        "ODD is too short: needed to sign again; set it to 32 characters",
                        "nothing fits");
    }

    @Test
    void theLineEndThatComesWithASecretFromAFileIsNoPartOfIt() {
        var environment =
                new Environment(Map.of("KEY", " value\n", "OTHER", "fine", "NOT_OURS", " x "))
                        .require("KEY", "open the door", "a key", EnvironmentTest::anything)
                        .allow("OTHER", "open a window", "a key", EnvironmentTest::anything);

        assertThat(environment.value("KEY")).contains("value");
        assertThat(environment.stripped()).containsExactly(Map.entry("KEY", "value"));
    }

    private static void anything(String value) {}

    private static void nothing(String value) {
        throw new IllegalArgumentException("is too short");
    }
}
