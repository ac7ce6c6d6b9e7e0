package org.telephonystack.action.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

class DeliveryStatusTest {

    @ParameterizedTest
    @CsvSource({
        "30004, NEVER_AGAIN",
        "30005, NEVER_AGAIN",
        "30006, NEVER_AGAIN",
        "21610, NEVER_AGAIN",
        "21614, NEVER_AGAIN",
        "21211, NEVER_AGAIN",
        "30003, NOT_FOR_A_WHILE",
        "30007, NOT_FOR_A_WHILE",
        "30008, NOT_FOR_A_WHILE",
        "30034, NONE"
    })
    void whatCouldNotBeDeliveredSaysSomethingOfItsNumber(int code, DeliveryStatus.Lesson lesson) {
        var status = new DeliveryStatus("SM1", "undelivered", Optional.of(code));

        assertThat(status.lesson()).isEqualTo(lesson);
    }
}
