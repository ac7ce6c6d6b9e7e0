package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.TerminalStatus;
import org.telephonystack.action.recovery.RecoveryPolicy.Decision;
import org.telephonystack.action.recovery.RecoveryPolicy.Recipient;
import org.telephonystack.action.recovery.RecoveryPolicy.SkipReason;
import org.telephonystack.action.sms.Gsm7;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class RecoveryPolicyTest {

    private static final String CALLER = "+14155550199";
    private static final Recipient STRANGER = new Recipient(false, false, 0, Optional.empty());
    private static final Recipient ACQUAINTANCE = new Recipient(false, true, 0, Optional.empty());
    private static final Business SALON =
            new Business(Optional.of("Bella Salon"), "en-US", Optional.empty());

    private final RecoveryPolicy policy =
            new RecoveryPolicy(Set.of(new PhoneNumber("+18005550123")), 3, Duration.ofMinutes(10));

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
    void whoeverNeverHeardAnybodyReadsThat() {
        assertThat(body(facts(CallFacts.Stream.NONE), ACQUAINTANCE, CallOutcome.TWILIO_FAILED))
                .isEqualTo(
                        "Sorry we couldn't take your call! Reply here or call back anytime. - Bella Salon");
    }

    @Test
    void whoeverWasAboutToBookReadsWhatAndWhetherItStands() {
        assertThat(body(spokeOf(false), SALON, CallOutcome.MODEL_FAILED))
                .isEqualTo(
                        "Sorry we got cut off! Tue, Nov 24, 3:00 PM is not booked yet: reply here or call back. - Bella Salon");
        assertThat(body(spokeOf(true), SALON, CallOutcome.OUR_FAULT))
                .isEqualTo(
                        "Sorry we got cut off! Your appointment on Tue, Nov 24, 3:00 PM is booked. - Bella Salon");
    }

    @Test
    void aNumberGetsSoManyTextsADay() {
        assertThat(reason(CALLER, true, new Recipient(false, true, 3, Optional.empty())))
                .isEqualTo(SkipReason.DAILY_LIMIT);
        assertThat(
                        body(
                                new Recipient(false, true, 2, Optional.empty()),
                                SALON,
                                CallOutcome.OUR_FAULT))
                .isNotEqualTo("no text");
    }

    @Test
    void ofACallThatIsLongOverNobodyWantsToRead() {
        var ended =
                Optional.of(
                        new CallFacts.Terminal(
                                TerminalStatus.COMPLETED, NOW.minus(Duration.ofMinutes(11))));

        Decision decision =
                policy.decide(
                        facts(CALLER, true, ended, TALKED), STRANGER, SALON, CallOutcome.OUR_FAULT);

        assertThat(decision).isEqualTo(new Decision.Skip(CALLER, SkipReason.TOO_LATE));
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
            for (String name :
                    List.of(
                            "Peluqueria y Estetica Carmen",
                            "Peluquería «José Ángel» – Estética, uñas y más",
                            "Zoë’s Łódź Café 🌸 [since 1987] for everybody",
                            "美容院")) {
                everyTextFitsOneSegment(
                        new Business(Optional.of(name), language, Optional.empty()), outcome);
            }
        }
    }

    private void everyTextFitsOneSegment(Business business, CallOutcome outcome) {
        for (Recipient recipient :
                List.of(
                        STRANGER,
                        new Recipient(false, false, 0, appointment(false)),
                        new Recipient(false, false, 0, appointment(true)))) {
            String body = body(recipient, business, outcome);
            assertThat(Gsm7.length(body)).as(body).isLessThanOrEqualTo(160);
            assertThat(body).matches("[A-Za-z0-9 .,!?:\\-¿éñ'\"\\[\\]e]+");
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
        assertThat(reason(CALLER, true, new Recipient(true, true, 0, Optional.empty())))
                .isEqualTo(SkipReason.OPTED_OUT);
    }

    @Test
    void whomWeCalledGetsNoText() {
        assertThat(reason(CALLER, false, STRANGER)).isEqualTo(SkipReason.NOT_INBOUND);
    }

    private static Optional<RecoveryPolicy.Appointment> appointment(boolean booked) {
        // A Wednesday in September: the longest of both languages.
        return Optional.of(
                new RecoveryPolicy.Appointment(Instant.parse("2026-09-23T22:30:00Z"), booked));
    }

    private static Recipient spokeOf(boolean booked) {
        return new Recipient(
                false,
                true,
                0,
                Optional.of(
                        new RecoveryPolicy.Appointment(
                                Instant.parse("2026-11-24T15:00:00Z"), booked)));
    }

    private String body(Recipient recipient, Business business, CallOutcome outcome) {
        return body(facts(CALLER, true), recipient, business, outcome);
    }

    private String body(CallFacts facts, Recipient recipient, CallOutcome outcome) {
        return body(facts, recipient, SALON, outcome);
    }

    private String body(
            CallFacts facts, Recipient recipient, Business business, CallOutcome outcome) {
        return policy.decide(facts, recipient, business, outcome) instanceof Decision.Text text
                ? text.body()
                : "no text";
    }

    private SkipReason reason(String caller, boolean inbound, Recipient recipient) {
        Decision decision =
                policy.decide(facts(caller, inbound), recipient, SALON, CallOutcome.OUR_FAULT);
        assertThat(decision).isInstanceOf(Decision.Skip.class);
        return ((Decision.Skip) decision).why();
    }

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final CallFacts.Stream TALKED =
            new CallFacts.Stream(Optional.of(NOW), Optional.empty(), Optional.empty());

    private static CallFacts facts(CallFacts.Stream stream) {
        return facts(CALLER, true, Optional.empty(), stream);
    }

    private static CallFacts facts(String caller, boolean inbound) {
        return facts(caller, inbound, Optional.empty(), TALKED);
    }

    private static CallFacts facts(
            String caller,
            boolean inbound,
            Optional<CallFacts.Terminal> terminal,
            CallFacts.Stream stream) {
        return new CallFacts(
                new CallSid("CA1"),
                Optional.of(caller),
                Optional.of("+18005550999"),
                inbound,
                NOW,
                terminal,
                stream,
                Optional.empty(),
                Optional.empty(),
                CallFacts.Person.NOT_CALLED,
                CallFacts.Message.NOT_HEARD_OF,
                Optional.empty(),
                Optional.empty(),
                NOW);
    }
}
