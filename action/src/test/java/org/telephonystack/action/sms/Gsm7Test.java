package org.telephonystack.action.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gsm7Test {

    @ParameterizedTest
    @CsvSource({
        "Peluquería María, Peluqueria Maria",
        "¿En qué le ayudamos? ¡Ñandú!, ¿En qué le ayudamos? ¡Ñandu!",
        "Café Müller & Söhne, Café Müller & Söhne",
        "Dvořák — “Łódź”…, Dvorak - \"Lodz\"...",
        "Joe’s Diner, Joe's Diner",
        "Façade, Facade",
        "Spa 🌸 Lotus, Spa  Lotus",
        "美容院, ''",
    })
    void theWordsStayAndTheAlphabetHolds(String written, String plain) {
        assertThat(Gsm7.plain(written)).isEqualTo(plain);
        assertThat(Gsm7.plain(plain)).as("once is enough").isEqualTo(plain);
    }

    @Test
    void anAccentThatIsACharacterOfItsOwnIsTheSame() {
        assertThat(Gsm7.plain("Cafe\u0301 Peluqueri\u0301a")).isEqualTo("Café Peluqueria");
    }

    @Test
    void whatIsEscapedCountsTwo() {
        assertThat(Gsm7.length("a[b]€")).isEqualTo(8);
        assertThat(Gsm7.length("ñandú".replace('ú', 'u'))).isEqualTo(5);
    }
}
