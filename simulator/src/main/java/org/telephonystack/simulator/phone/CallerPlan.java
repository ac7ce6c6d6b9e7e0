package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Who calls, and what is to go wrong in this call.
///
/// @param from as Twilio would send it: E.164, `anonymous`, `sip:…`
/// @param callSid empty: a random one
/// @param extraParameters added to every voice webhook, or replacing a standard parameter (`CallToken`, `FromCity`, …)
/// @param streamParameters what becomes of the `<Parameter>`s between TwiML and `start` (a forged or foreign ticket)
/// @param human what happens to a `<Dial>`
/// @param voicemail how long the caller speaks after a `<Record>`
/// @param recordsSound false saves 16 KB per second and side, for load tests
public record CallerPlan(
        String from,
        Optional<String> callSid,
        Map<String, String> extraParameters,
        Signing webhookSigning,
        Signing handshakeSigning,
        UnaryOperator<Map<String, String>> streamParameters,
        Set<StreamFault> faults,
        CallbackFaults callbackFaults,
        DialAnswer human,
        Duration voicemail,
        boolean recordsSound) {

    /// @param status `completed`, `busy`, `no-answer`, `failed`
    /// @param talking how long, where the status is `completed`
    public record DialAnswer(String status, Duration ringing, Duration talking) {

        public static DialAnswer answered(Duration talking) {
            return new DialAnswer("completed", Duration.ofSeconds(2), talking);
        }

        public static DialAnswer nobody() {
            return new DialAnswer("no-answer", Duration.ofSeconds(20), Duration.ZERO);
        }
    }

    public CallerPlan {
        extraParameters = Map.copyOf(extraParameters);
        faults = Set.copyOf(faults);
    }

    public static CallerPlan from(String number) {
        return new CallerPlan(
                number,
                Optional.empty(),
                Map.of(),
                Signing.RIGHT,
                Signing.RIGHT,
                UnaryOperator.identity(),
                Set.of(),
                CallbackFaults.none(),
                DialAnswer.answered(Duration.ofSeconds(3)),
                Duration.ofSeconds(4),
                true);
    }

    public CallerPlan callSid(String sid) {
        return copy(
                Optional.of(sid),
                extraParameters,
                webhookSigning,
                handshakeSigning,
                streamParameters,
                faults,
                callbackFaults,
                human,
                recordsSound);
    }

    public CallerPlan parameter(String name, String value) {
        var more = new LinkedHashMap<>(extraParameters);
        more.put(name, value);
        return copy(
                callSid,
                more,
                webhookSigning,
                handshakeSigning,
                streamParameters,
                faults,
                callbackFaults,
                human,
                recordsSound);
    }

    public CallerPlan webhookSigning(Signing how) {
        return copy(
                callSid,
                extraParameters,
                how,
                handshakeSigning,
                streamParameters,
                faults,
                callbackFaults,
                human,
                recordsSound);
    }

    public CallerPlan handshakeSigning(Signing how) {
        return copy(
                callSid,
                extraParameters,
                webhookSigning,
                how,
                streamParameters,
                faults,
                callbackFaults,
                human,
                recordsSound);
    }

    public CallerPlan streamParameters(UnaryOperator<Map<String, String>> change) {
        return copy(
                callSid,
                extraParameters,
                webhookSigning,
                handshakeSigning,
                change,
                faults,
                callbackFaults,
                human,
                recordsSound);
    }

    /// One `<Parameter>` replaced.
    public CallerPlan streamParameter(String name, String value) {
        return streamParameters(written -> {
            var changed = new LinkedHashMap<>(written);
            changed.put(name, value);
            return changed;
        });
    }

    public CallerPlan faults(StreamFault... some) {
        return copy(
                callSid,
                extraParameters,
                webhookSigning,
                handshakeSigning,
                streamParameters,
                Set.of(some),
                callbackFaults,
                human,
                recordsSound);
    }

    public CallerPlan callbackFaults(CallbackFaults some) {
        return copy(
                callSid,
                extraParameters,
                webhookSigning,
                handshakeSigning,
                streamParameters,
                faults,
                some,
                human,
                recordsSound);
    }

    public CallerPlan human(DialAnswer answer) {
        return copy(
                callSid,
                extraParameters,
                webhookSigning,
                handshakeSigning,
                streamParameters,
                faults,
                callbackFaults,
                answer,
                recordsSound);
    }

    /// After the tone there is nothing to be heard.
    public CallerPlan saysNothingAfterTheTone() {
        return new CallerPlan(
                from,
                callSid,
                extraParameters,
                webhookSigning,
                handshakeSigning,
                streamParameters,
                faults,
                callbackFaults,
                human,
                Duration.ZERO,
                recordsSound);
    }

    public CallerPlan withoutRecording() {
        return copy(
                callSid,
                extraParameters,
                webhookSigning,
                handshakeSigning,
                streamParameters,
                faults,
                callbackFaults,
                human,
                false);
    }

    private CallerPlan copy(
            Optional<String> sid,
            Map<String, String> parameters,
            Signing webhook,
            Signing handshake,
            UnaryOperator<Map<String, String>> change,
            Set<StreamFault> wrong,
            CallbackFaults callbacks,
            DialAnswer answer,
            boolean sound) {
        return new CallerPlan(
                from,
                sid,
                parameters,
                webhook,
                handshake,
                change,
                wrong,
                callbacks,
                answer,
                voicemail,
                sound);
    }
}
