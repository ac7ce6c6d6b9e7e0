package org.telephonystack.model.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

    @Test
    void everyPartIsRead() {
        assertThat(
                        DatabaseUrl.parse(
                                " postgresql://anna:se%40cret+%2B@db.example:6543/calls?sslmode=require\n"))
                .isEqualTo(
                        new DatabaseUrl(
                                "db.example",
                                6543,
                                "calls",
                                "anna",
                                "se@cret++",
                                "sslmode=require"));
    }

    @Test
    void thePortIsTheUsualOneWhereNoneIsNamed() {
        assertThat(DatabaseUrl.parse("postgres://anna@localhost/calls"))
                .isEqualTo(new DatabaseUrl("localhost", 5432, "calls", "anna", "", ""));
    }

    @Test
    void theFormsForTheDriversHoldNoCredentials() {
        var url =
                DatabaseUrl.parse(
                        "postgresql://anna:secret@[::1]:6543/calls?sslmode=require&options=-c%20x%3D1");

        assertThat(url.reactive())
                .isEqualTo("postgresql://[::1]:6543/calls?sslmode=require&options=-c%20x%3D1");
        assertThat(url.jdbc())
                .isEqualTo("jdbc:postgresql://[::1]:6543/calls?sslmode=require&options=-c%20x%3D1");
        assertThat(DatabaseUrl.parse("postgresql://anna:secret@db/calls").jdbc())
                .isEqualTo("jdbc:postgresql://db:5432/calls");
    }

    @Test
    void itsTextHidesThePassword() {
        assertThat(
                        DatabaseUrl.parse("postgresql://anna:secret@db/calls?password=secret")
                                .toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; postgresql://",
                "mysql://u:secret@h/d; postgresql://",
                "jdbc:postgresql://h/d; postgresql://",
                "https://u:secret@h/d; postgresql://",
                "postgresql://u:secret@/d; host and database",
                "postgresql://u:secret@h; host and database",
                "postgresql://u:secret@h/; host and database",
                "postgresql://u:sec@ret@h/d; escaped",
                "postgresql://u:sec ret@h/d; escaped",
                "postgresql://u:secret%zz@h/d; escaped",
                "postgresql://h/d; user",
                "postgresql://:secret@h/d; user",
            })
    void aRefusalSaysWhatIsMissingAndNoPartOfThePassword(String text, String reason) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining(reason)
                .hasMessageNotContaining("sec");
    }
}
