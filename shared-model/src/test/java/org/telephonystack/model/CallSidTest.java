package org.telephonystack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallSidTest {

    @Test
    void twiliosShapeIsCanonical() {
        assertThat(new CallSid("CA0123456789abcdef0123456789ABCDEF").isCanonical()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CA1",
                "ca00000000000000000000000000000001",
                "CA0000000000000000000000000000000g",
                "SM00000000000000000000000000000001",
                "a-b_c"
            })
    void otherPlainShapesNameACallToo(String text) {
        assertThat(CallSid.parse(text))
                .hasValueSatisfying(callSid -> assertThat(callSid.isCanonical()).isFalse());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "CA 1", "CA1\n", "CA1.2", "CA1|x", "é", "'; drop table calls; --"})
    void whatCannotNameACallIsNone(String text) {
        assertThat(CallSid.parse(text)).isEmpty();
        assertThat(StreamSid.parse(text)).isEmpty();
    }

    @Test
    void anOverlongNameIsNone() {
        assertThat(CallSid.parse("x".repeat(64))).isPresent();
        assertThat(CallSid.parse("x".repeat(65))).isEmpty();
        assertThatThrownBy(() -> new CallSid("x".repeat(65)))
                .hasMessage("not a CallSid: 65 characters");
    }
}
