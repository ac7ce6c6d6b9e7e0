package org.telephonystack.stream.call.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.model.twilio.PublicUrl;
import org.telephonystack.model.twilio.TwilioSignature;
import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.admission.Refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class HandshakeCheckTest {

    private static final String TARGET = "/voice-stream";

    private final TwilioSignature signature =
            new TwilioSignature(List.of("0123456789abcdef0123456789abcdef"));
    private final CallAdmission admission = new CallAdmission(1);
    private final List<Refusal> noted = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"REQUIRE,403,true", "IF_PRESENT,101,false", "LOG_ONLY,101,true"})
    void aHandshakeWithoutASignatureIsWorthWhatTheModeSays(
            SignatureMode mode, int status, boolean isNoted) {
        assertThat(check(mode).statusFor(TARGET, List.of())).isEqualTo(status);
        assertThat(noted).isEqualTo(isNoted ? List.of(Refusal.SIGNATURE_MISSING) : List.of());
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSignatureIsRefusedInEachMode(SignatureMode mode) {
        assertThat(check(mode).statusFor(TARGET, List.of("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")))
                .isEqualTo(403);
        assertThat(noted).containsExactly(Refusal.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @EnumSource
    void aRightSignatureIsLetInInEachMode(SignatureMode mode) {
        String right = signature.sign("wss://voice.example.com" + TARGET, Map.of());

        assertThat(check(mode).statusFor(TARGET, List.of(right))).isEqualTo(101);
        assertThat(noted).isEmpty();
    }

    @Test
    void aFullHouseIsToldOnlyToThoseWhoMayKnow() {
        assertThat(admission.enter()).isEmpty();

        assertThat(check(SignatureMode.LOG_ONLY).statusFor(TARGET, List.of("wrong")))
                .isEqualTo(403);
        assertThat(check(SignatureMode.LOG_ONLY).statusFor(TARGET, List.of())).isEqualTo(503);
        assertThat(noted)
                .containsExactly(Refusal.SIGNATURE_WRONG, Refusal.SIGNATURE_MISSING, Refusal.FULL);
    }

    private HandshakeCheck check(SignatureMode mode) {
        return new HandshakeCheck(
                signature,
                new PublicUrl("https://voice.example.com"),
                mode,
                admission,
                (why, _) -> noted.add(why));
    }
}
