package org.telephonystack.action.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

class DeliveryStatusTest {

    @ParameterizedTest
    @CsvSource({
        "30004, true",
        "30005, true",
        "30006, true",
        "30003, false",
        "30007, false",
        "30034, false"
    })
    void onlyNumbersThatCannotOrWillNotTakeTextsAreHopeless(int code, boolean hopeless) {
        var status = new DeliveryStatus("SM1", "undelivered", Optional.of(code));

        assertThat(status.isHopeless()).isEqualTo(hopeless);
    }
}
