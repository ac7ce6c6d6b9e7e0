package org.telephonystack.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    @Test
    void onlyTheWordFullShowsThem() {
        assertThat(PersonalData.of(" Full ")).isEqualTo(PersonalData.FULL);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "masked", "fulll", "true", "yes"})
    void everythingElseMasksThem(String setting) {
        assertThat(PersonalData.of(setting)).isEqualTo(PersonalData.MASKED);
    }

    @ParameterizedTest
    @CsvSource({
        "+1234567890, +1******7890",
        "+4930123456, +4******3456",
        "anonymous, anonymous",
        "sip:bob@example.com, sip:***",
        "client:alice, clie***",
        "12, 12***",
        "+12345, +123***"
    })
    void aMaskedNumberShowsItsEndsAlone(String raw, String shown) {
        assertThat(PersonalData.MASKED.phone(raw)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"John Doe, J. D.", "'  Mary  Jane Watson ', M. J. W.", "😀mile, 😀.", "'', ''"})
    void aMaskedNameIsItsInitials(String name, String shown) {
        assertThat(PersonalData.MASKED.name(name)).isEqualTo(shown);
    }

    @Test
    void inFullTheyAreShownAsTheyAre() {
        assertThat(PersonalData.FULL.phone("+1234567890")).isEqualTo("+1234567890");
        assertThat(PersonalData.FULL.name(" John Doe ")).isEqualTo("John Doe");
    }

    @ParameterizedTest
    @EnumSource
    void aMissingNumberIsUnknown(PersonalData data) {
        assertThat(data.phone(null)).isEqualTo("unknown");
        assertThat(data.phone(" ")).isEqualTo("unknown");
    }

    @ParameterizedTest
    @EnumSource
    void whatACallerSendsNeverMakesASecondLineOrAKey(PersonalData data) {
        String forged = "J\n[Stream] 📴 Call Ended | Outcome: x\r\u0085\u2028\u2029\u0000\t";

        assertThat(data.name(forged))
                .doesNotContain("\n", "\r", "\u0085", "\u2028", "\u2029", "\u0000", "|");
        assertThat(data.phone(forged))
                .doesNotContain("\n", "\r", "\u0085", "\u2028", "\u2029", "\u0000", "|");
    }

    @ParameterizedTest
    @EnumSource
    void aTextWithoutEndIsCut(PersonalData data) {
        assertThat(data.phone("x" + "😀".repeat(5_000)))
                .hasSizeLessThanOrEqualTo(90)
                .doesNotContainPattern("\\p{Cs}");
    }
}
