package org.telephonystack.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

class ClosedListsTest {

    @ParameterizedTest
    @EnumSource
    void everyOutcomeIsFoundByItsWord(CallOutcome outcome) {
        assertThat(CallOutcome.ofWord(outcome.word())).contains(outcome);
        assertThat(outcome.word()).matches("[a-z_]+");
    }

    @ParameterizedTest
    @EnumSource
    void everyEndReasonIsFoundByItsWord(EndReason reason) {
        assertThat(EndReason.ofWord(reason.word())).contains(reason);
        assertThat(reason.word()).matches("[a-z_]+");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "COMPLETED", "completed ", "BUG", "nothing"})
    void anotherWordIsNone(String word) {
        assertThat(CallOutcome.ofWord(word)).isEmpty();
        assertThat(EndReason.ofWord(word)).isEmpty();
    }

    @Test
    void thoseCutOffAgainstTheirWishAreLost() {
        assertThat(Arrays.stream(CallOutcome.values()).filter(CallOutcome::isLost))
                .containsExactly(
                        CallOutcome.MODEL_FAILED, CallOutcome.TWILIO_FAILED, CallOutcome.OUR_FAULT);
    }

    @Test
    void whatTheStreamDidNotMeanIsNotPlanned() {
        assertThat(Arrays.stream(EndReason.values()).filter(reason -> !reason.isPlanned()))
                .containsExactly(
                        EndReason.MODEL_LOST,
                        EndReason.MODEL_REFUSED,
                        EndReason.MODEL_SILENT,
                        EndReason.CALLER_LEG_LOST,
                        EndReason.PROTOCOL_ERROR,
                        EndReason.BUG);
    }
}
