package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.recovery.RecoveryPolicy.Decision;
import org.telephonystack.action.recovery.RecoveryPolicy.Recipient;
import org.telephonystack.action.recovery.RecoveryPolicy.SkipReason;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

class RecoveryPolicyTest {

    private static final String CALLER = "+14155550199";
    private static final Recipient STRANGER = new Recipient(false, false);
    private static final Recipient ACQUAINTANCE = new Recipient(false, true);
    private static final Business SALON =
            new Business(Optional.of("Bella Salon"), "en-US", Optional.empty());

    private final RecoveryPolicy policy =
            new RecoveryPolicy(Set.of(new PhoneNumber("+18005550123")));

    @Test
    void theTextNamesTheBusinessAndTellsAStrangerHowToGetNoMore() {
        assertThat(body(STRANGER, SALON, CallOutcome.OUR_FAULT))
                .isEqualTo(
                        "Sorry we got cut off! Reply here or call back anytime. - Bella Salon. Reply STOP to opt out.");
        assertThat(body(ACQUAINTANCE, SALON, CallOutcome.OUR_FAULT))
                .isEqualTo("Sorry we got cut off! Reply here or call back anytime. - Bella Salon");
    }

    @Test
    void whereTheModelDiedTheConversationGoesOnByText() {
        assertThat(body(ACQUAINTANCE, SALON, CallOutcome.MODEL_FAILED))
                .isEqualTo("Sorry, we lost connection. How can I help you? - Bella Salon");
    }

    @Test
    void aBusinessWithoutANameSignsNothing() {
        assertThat(body(ACQUAINTANCE, Business.UNNAMED, CallOutcome.OUR_FAULT))
                .isEqualTo("Sorry we got cut off! Reply here or call back anytime.");
    }

    /// A character outside GSM-7 makes every segment 70 characters short, and the text cost twice.
    @ParameterizedTest
    @EnumSource(
            value = CallOutcome.class,
            names = {"MODEL_FAILED", "TWILIO_FAILED", "OUR_FAULT"})
    void everyTextFitsOneSegmentInEitherLanguage(CallOutcome outcome) {
        for (String language : new String[] {"en-US", "es-ES"}) {
            var business =
                    new Business(
                            Optional.of("Peluqueria y Estetica Carmen"),
                            language,
                            Optional.empty());

            assertThat(body(STRANGER, business, outcome))
                    .hasSizeLessThanOrEqualTo(160)
                    .matches("[A-Za-z0-9 .,!?\\-¿éñ']+");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous",
                "unknown",
                "",
                "client:alice",
                "sip:a@b.example",
                "+266696687",
                "911"
            })
    void whoHasNoNumberGetsNoText(String caller) {
        assertThat(reason(caller, true, STRANGER)).isEqualTo(SkipReason.NOT_A_NUMBER);
    }

    @Test
    void weDoNotTextOurselves() {
        assertThat(reason("+18005550123", true, STRANGER)).isEqualTo(SkipReason.OWN_NUMBER);
        assertThat(reason("+18005550999", true, STRANGER))
                .as("the number that was called")
                .isEqualTo(SkipReason.OWN_NUMBER);
    }

    @Test
    void whoSaidStopGetsNoText() {
        assertThat(reason(CALLER, true, new Recipient(true, true))).isEqualTo(SkipReason.OPTED_OUT);
    }

    @Test
    void whomWeCalledGetsNoText() {
        assertThat(reason(CALLER, false, STRANGER)).isEqualTo(SkipReason.NOT_INBOUND);
    }

    private String body(Recipient recipient, Business business, CallOutcome outcome) {
        return policy.decide(facts(CALLER, true), recipient, business, outcome)
                        instanceof Decision.Text text
                ? text.body()
                : "no text";
    }

    private SkipReason reason(String caller, boolean inbound, Recipient recipient) {
        Decision decision =
                policy.decide(facts(caller, inbound), recipient, SALON, CallOutcome.OUR_FAULT);
        assertThat(decision).isInstanceOf(Decision.Skip.class);
        return ((Decision.Skip) decision).why();
    }

    private static CallFacts facts(String caller, boolean inbound) {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        return new CallFacts(
                new CallSid("CA1"),
                Optional.of(caller),
                Optional.of("+18005550999"),
                inbound,
                now,
                Optional.empty(),
                CallFacts.Stream.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now);
    }
}
