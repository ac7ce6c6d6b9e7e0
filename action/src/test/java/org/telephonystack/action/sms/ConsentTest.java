package org.telephonystack.action.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class ConsentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stop",
                " Stop. ",
                "\"STOP\"",
                "Stop all",
                "opt-out",
                "Unsubscribe!",
                "END",
                "cancel"
            })
    void theseWordsAloneWithdrawIt(String body) {
        assertThat(Consent.of(body, Optional.empty())).isEqualTo(Consent.WITHDRAWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "unstop", "Yes"})
    void theseWordsAloneGiveItAgain(String body) {
        assertThat(Consent.of(body, Optional.empty())).isEqualTo(Consent.GIVEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "can I stop by at five?", "please start without me", "HELP", "Ende"})
    void everythingElseChangesNothing(String body) {
        assertThat(Consent.of(body, Optional.empty())).isEqualTo(Consent.UNCHANGED);
    }

    @Test
    void twiliosOwnReadingCountsMoreThanTheWord() {
        assertThat(Consent.of("no more please", Optional.of("STOP"))).isEqualTo(Consent.WITHDRAWN);
        assertThat(Consent.of("STOP", Optional.of("HELP"))).isEqualTo(Consent.UNCHANGED);
    }
}
