package org.telephonystack.stream.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CallAdmissionTest {

    private final CallAdmission admission = new CallAdmission(2);

    @Test
    void theLimitHoldsAndAPlaceThatIsGivenBackIsFreeAgain() {
        assertThat(admission.enter()).isEmpty();
        assertThat(admission.enter()).isEmpty();
        assertThat(admission.refusal()).contains(Refusal.FULL);
        assertThat(admission.enter()).contains(Refusal.FULL);
        assertThat(admission.active()).isEqualTo(2);

        admission.leave();

        assertThat(admission.refusal()).isEmpty();
        assertThat(admission.free()).isEqualTo(1);
    }

    @Test
    void nobodyEntersWhileTheProcessIsLeaving() {
        admission.drain();

        assertThat(admission.refusal()).contains(Refusal.DRAINING);
        assertThat(admission.enter()).contains(Refusal.DRAINING);
        assertThat(admission.free()).isZero();
        assertThat(admission.active()).isZero();
    }

    @Test
    void leavingTwiceIsADefect() {
        assertThatThrownBy(admission::leave).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLeavingProcessIsEmptyWhenItsLastCallHasLeft() {
        var admission = new CallAdmission(2);
        admission.enter();
        admission.leave();
        admission.enter();

        admission.drain();
        assertThat(admission.emptied()).isNotDone();
        admission.leave();

        assertThat(admission.emptied()).isCompleted();
    }
}
