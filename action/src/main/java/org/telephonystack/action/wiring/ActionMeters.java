package org.telephonystack.action.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.telephonystack.action.sms.SmsSender;
import org.telephonystack.model.CallOutcome;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The meters of callbacks and recovery. Labels are bounded: what comes from outside is one of a known set, or `other`.
final class ActionMeters {

    private static final Set<String> STATUSES =
            Set.of(
                    "queued",
                    "initiated",
                    "ringing",
                    "in-progress",
                    "completed",
                    "busy",
                    "no-answer",
                    "failed",
                    "canceled");

    /// The codes an operator can do something about (docs: Twilio's error dictionary), and our own words.
    private static final Set<String> CODES =
            Set.of(
                    "20003", "21211", "21408", "21606", "21608", "21610", "21612", "21614", "21617",
                    "21635", "21658", "21659", "30001", "30002", "30003", "30004", "30005", "30006",
                    "30007", "30008", "30032", "30034", "expired", "unknown");

    /// Why a text failed: what Twilio's refusal asks for, or why we gave it up.
    private static final List<String> FAILURES =
            Stream.concat(
                            Stream.of(SmsSender.Remedy.values()).map(SmsSender.Remedy::word),
                            Stream.of("expired", "unknown"))
                    .toList();

    private final MeterRegistry registry;
    private final AtomicLong outboxAgeMillis = new AtomicLong();
    private final AtomicBoolean circuitOpen = new AtomicBoolean();

    ActionMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("telephony.sms.outbox.age", outboxAgeMillis, millis -> millis.get() / 1000.0)
                .description("Age of the oldest text that is neither sent nor given up")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("telephony.twilio.circuit.open", circuitOpen, open -> open.get() ? 1 : 0)
                .description("1 while texts wait because Twilio does not answer")
                .register(registry);
        beginAtZero();
    }

    /// A counter that nobody touched is absent, and one that appears with 1 did not increase: an alert would never see the first
    /// event. So all that prometheusrule.yaml counts is there from the start.
    private void beginAtZero() {
        for (CallOutcome outcome : CallOutcome.values()) {
            registry.counter("telephony.call.outcomes", "outcome", outcome.word());
            if (outcome.isLost() || outcome == CallOutcome.DECLINED) {
                textCounter("queued", outcome.word());
            }
        }
        textCounter("sent", "none");
        for (String reason : FAILURES) {
            textCounter("failed", reason);
            linkCounter("failed", reason);
        }
        for (String reason : List.of("signature_missing", "signature_wrong", "service_secret")) {
            registry.counter("telephony.security.rejections", "reason", reason);
        }
        for (String token : List.of("current", "next")) {
            registry.counter("telephony.twilio.signatures", "token", token);
        }
        registry.counter("telephony.callbacks.not.stored");
        registry.counter("telephony.trace.exports.failed");
    }

    /// `telephony_security_rejections_total{reason}`: requests in Twilio's or our name that were neither's.
    void rejected(String reason) {
        count("telephony.security.rejections", "reason", reason);
    }

    /// `telephony_twilio_signatures_total{token}`: a rotation is over when `current` alone counts.
    void signed(int token) {
        count("telephony.twilio.signatures", "token", token == 0 ? "current" : "next");
    }

    /// `telephony_callbacks_total{kind}`.
    void callback(String kind) {
        count("telephony.callbacks", "kind", kind);
    }

    /// `telephony_status_callbacks_total{status}`.
    void status(String status) {
        count("telephony.status.callbacks", "status", oneOf(STATUSES, status));
    }

    /// `telephony_callbacks_not_stored_total`.
    void notStored() {
        registry.counter("telephony.callbacks.not.stored").increment();
    }

    /// `telephony_call_outcomes_total{outcome}`: the call success ratio comes from it.
    void outcome(String outcome) {
        count("telephony.call.outcomes", "outcome", outcome);
    }

    /// `telephony_recovery_texts_total{state,reason}`.
    void text(String state, String reason) {
        textCounter(state, reason).increment();
    }

    private Counter textCounter(String state, String reason) {
        return registry.counter("telephony.recovery.texts", "state", state, "reason", reason);
    }

    /// `telephony_booking_link_texts_total{state,reason}`.
    void bookingLinkText(String state, String reason) {
        linkCounter(state, reason).increment();
    }

    private Counter linkCounter(String state, String reason) {
        return registry.counter("telephony.booking.link.texts", "state", state, "reason", reason);
    }

    /// `telephony_sms_errors_total{code}`.
    void smsError(String code) {
        count("telephony.sms.errors", "code", oneOf(CODES, code));
    }

    /// `telephony_jobs_total{job,result}`: what is done on the side.
    void job(String job, String result) {
        registry.counter("telephony.jobs", "job", job, "result", result).increment();
    }

    /// `telephony_twilio_circuit_open`, and `telephony_twilio_circuit_total{state}`: how often Twilio was left alone for a while.
    void circuit(boolean open) {
        circuitOpen.set(open);
        count("telephony.twilio.circuit", "state", open ? "open" : "closed");
    }

    /// A call's status, or one of our words for none.
    static String known(String status) {
        return status.equals("unavailable")
                        || status.equals("not-found")
                        || status.equals("recording")
                ? status
                : oneOf(STATUSES, status);
    }

    void outboxAge(long millis) {
        outboxAgeMillis.set(millis);
    }

    private void count(String name, String label, String value) {
        registry.counter(name, label, value).increment();
    }

    private static String oneOf(Set<String> known, String value) {
        return known.contains(value) ? value : "other";
    }
}
