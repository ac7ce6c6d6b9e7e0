package org.telephonystack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"+14155550199", "+4930123456", "+12345678", "+123456789012345"})
    void aNumberInE164IsANumber(String text) {
        assertThat(PhoneNumber.parse(text)).map(PhoneNumber::e164).contains(text);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "anonymous",
                "Anonymous",
                "restricted",
                "unknown",
                "client:alice",
                "sip:bob@example.com",
                "+",
                "+1",
                "14155550199",
                "+1415555019a",
                "+04155550199",
                "+1234567",
                "+1234567890123456",
                " +14155550199",
                "+14155550199\n",
                "+1 415 555 0199",
                "+１４１５５５５０１９９"
            })
    void whatTwilioSendsInItsPlaceIsNoneAndNoException(String text) {
        assertThat(PhoneNumber.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+266696687",
                "+7378742833",
                "+2562533",
                "+8566696",
                "+86282452253",
                "+464660"
            })
    void theWordsThatCarriersSpellForAWithheldNumberAreNone(String spelled) {
        assertThat(PhoneNumber.parse(spelled)).isEmpty();
    }

    @Test
    void itsTextIsMaskedAndARefusalDoesNotRepeatIt() {
        assertThat(new PhoneNumber("+14155550199")).hasToString("+1******0199");
        assertThatThrownBy(() -> new PhoneNumber("4155550199")).hasMessageNotContaining("0199");
    }
}
