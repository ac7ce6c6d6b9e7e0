package org.telephonystack.frontdoor.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.telephonystack.frontdoor.call.Webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The meters of this service. Labels come from closed lists: no id of a call, no text of a request.
public final class FrontdoorMetrics {

    private final MeterRegistry registry;

    public FrontdoorMetrics(MeterRegistry registry) {
        this.registry = registry;
        // The first one would be no increase of a counter that was not there.
        for (String then : List.of("connect", "dial", "apologise")) {
            registry.counter("telephony.after.stream.answers", "then", then, "by", "safe_default");
        }
        for (String outcome : List.of("timeout", "refused", "unreadable", "failed")) {
            registry.counter("telephony.admission.answers", "outcome", outcome);
        }
        for (Webhook webhook : Webhook.values()) {
            for (String reason : List.of("signature_missing", "signature_wrong")) {
                rejections(webhook, reason);
            }
        }
        signatures("current");
        signatures("next");
        registry.counter("telephony.trace.exports.failed");
    }

    /// `telephony_frontdoor_requests_total{path,outcome}`: outcome is `answered`, `failed` or the reason of a refusal.
    public void request(String path, String outcome) {
        registry.counter("telephony.frontdoor.requests", "path", path, "outcome", outcome)
                .increment();
    }

    /// `telephony_security_rejections_total{path,reason}`
    public void securityRejected(Webhook webhook, String reason) {
        rejections(webhook, reason).increment();
    }

    /// `telephony_twilio_signatures_total{token}`: `current` or `next`. While a token is rotated it shows when the old one
    /// is no longer used.
    public void signatureMatched(int token) {
        signatures(token == 0 ? "current" : "next").increment();
    }

    /// `telephony_webhook_latency_seconds{path}`: from the request's head to our answer.
    public void answered(Webhook webhook, Duration latency) {
        Timer.builder("telephony.webhook.latency")
                .tag("path", webhook.path())
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(15))
                .register(registry)
                .record(latency);
    }

    /// `telephony_after_stream_answers_total{then,by}`: by is `action`, `safe_default` or `call_over`.
    public void afterStream(String then, String by) {
        registry.counter("telephony.after.stream.answers", "then", then, "by", by).increment();
    }

    /// `telephony_places_free`: free places as this process believes; NaN where it does not know.
    public void watchPlaces(Supplier<Optional<Integer>> free) {
        Gauge.builder(
                        "telephony.places.free",
                        () -> free.get().<Number>map(it -> it).orElse(Double.NaN))
                .register(registry);
    }

    /// `telephony_admission_answers_total{outcome}`: action told who may have the assistant (`answered`), or why not: `timeout`,
    /// `refused`, `unreadable`, `failed`.
    public void admission(String outcome) {
        registry.counter("telephony.admission.answers", "outcome", outcome).increment();
    }

    /// `telephony_calls_turned_away_total{then}`: `reject`, `voicemail`, `full_house`.
    public void turnedAway(String then) {
        registry.counter("telephony.calls.turned.away", "then", then).increment();
    }

    /// `telephony_announcements_total{outcome}`: `sent`, or why it was lost: `full`, `timeout`, `refused`, `failed`.
    public void announcement(String outcome) {
        registry.counter("telephony.announcements", "outcome", outcome).increment();
    }

    private Counter rejections(Webhook webhook, String reason) {
        return registry.counter(
                "telephony.security.rejections", "path", webhook.path(), "reason", reason);
    }

    private Counter signatures(String token) {
        return registry.counter("telephony.twilio.signatures", "token", token);
    }
}
