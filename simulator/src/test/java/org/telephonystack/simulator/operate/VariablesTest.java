package org.telephonystack.simulator.operate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class VariablesTest {

    @Test
    void aFileIsReadAsComposeAndShellsReadIt(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("my.env"),
                        """
                        # accounts
                        export TWILIO_AUTH_TOKEN=abc
                        OPENAI_API_KEY="sk-1 # 2"
                        PUBLIC_BASE_URL='https://a.example.com/'   # where Twilio finds us
                        DATABASE_URL=postgresql://u:p=q@h/d
                        EMPTY=
                        not a line
                        """);

        Variables variables =
                Variables.of(Map.of("TWILIO_AUTH_TOKEN", "old", "HOME", "/h"), Optional.of(file));

        assertThat(variables.all())
                .containsOnly(
                        Map.entry("TWILIO_AUTH_TOKEN", "abc"),
                        Map.entry("OPENAI_API_KEY", "sk-1 # 2"),
                        Map.entry("PUBLIC_BASE_URL", "https://a.example.com/"),
                        Map.entry("DATABASE_URL", "postgresql://u:p=q@h/d"),
                        Map.entry("HOME", "/h"));
        assertThat(variables.publicUrl("STREAM")).contains("https://a.example.com");
        assertThat(variables.toString()).doesNotContain("abc");
    }

    @Test
    void theProblemsAServiceNamesAreALineEach() {
        assertThat(Configuration.problems("A is not set\nB is too short\n", 2))
                .containsExactly("A is not set", "B is too short");
        assertThat(
                        Configuration.problems(
                                """
                                Configuration validation failed:
                                \tjava.lang.IllegalArgumentException: SRCFG00039: The config property quarkus.shutdown.timeout with the config value "never" threw an Exception whilst being converted x
                                \tjava.lang.IllegalArgumentException: SRCFG00039: The config property telephony.dial.timeout with the config value "abc" threw an Exception whilst being converted y
                                """,
                                1))
                .containsExactly(
                        "telephony.dial.timeout cannot be \"abc\": docs/configuration.md says what it takes");
        assertThat(Configuration.problems("Unrecognized VM option\n", 1))
                .isEqualTo(List.of("it did not say what it takes: Unrecognized VM option"));
    }
}
