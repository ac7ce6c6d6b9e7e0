package org.telephonystack.e2e.k8s;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the services of a small business count on its ninth day: twenty calls an hour from eight to six, none at night, and somebody
/// who asks once a minute whether the webhook still answers 403. Trouble comes at noon.
final class WatchedDay {

    static final double MINUTE = 60;
    static final double HOUR = 3_600;
    static final double DAY = 24 * HOUR;
    static final double NOON = 8 * DAY + 12 * HOUR;

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final Map<String, Map<Map<String, String>, DoubleUnaryOperator>> series =
            new HashMap<>();

    private WatchedDay() {}

    static WatchedDay healthy() {
        var day = new WatchedDay();
        day.callsEndWell();
        day.streamIsQuick();
        day.nothingGoesWrong();
        return day;
    }

    private void callsEndWell() {
        perCall("telephony_call_outcomes_total{outcome='completed'}", 0.6);
        perCall("telephony_call_outcomes_total{outcome='caller_hung_up'}", 0.38);
        perCall("telephony_call_outcomes_total{outcome='our_fault'}", 0.02);
        for (String rare : List.of("model_failed", "twilio_failed", "unknown", "declined")) {
            perCall("telephony_call_outcomes_total{outcome='" + rare + "'}", 0);
        }
        perCall("telephony_recovery_texts_total{state='queued',reason='our_fault'}", 0.02);
        perCall("telephony_calls_started_total{service='voice-stream'}", 1);
        perCall("telephony_twilio_signatures_total{service='voice-frontdoor',token='current'}", 2);
        perCall("telephony_twilio_signatures_total{service='voice-action',token='current'}", 4);
        set(
                "telephony_security_rejections_total{service='voice-frontdoor',reason='signature_missing'}",
                at -> Math.floor(at / MINUTE));
    }

    private void streamIsQuick() {
        perCall("telephony_context_lookup_seconds_bucket{le='0.1'}", 0.998);
        perCall("telephony_context_lookup_seconds_count", 1);
        histogram(
                "telephony_model_response_seconds",
                "",
                Map.of("0.5", 2.0, "0.8", 5.0, "+Inf", 6.0));
        histogram(
                "telephony_first_response_seconds",
                "stage='sent',",
                Map.of("0.5", 1.0, "0.8", 4.5, "1.3", 6.0, "+Inf", 6.0));
    }

    private void nothingGoesWrong() {
        for (String service : Overlay.SERVICES) {
            set("up{job='voice-" + service + "'}", _ -> 1);
            for (String reason :
                    List.of("signature_wrong", "signature_missing", "service_secret")) {
                series.computeIfAbsent("telephony_security_rejections_total", _ -> new HashMap<>())
                        .putIfAbsent(
                                Map.of("service", "voice-" + service, "reason", reason), _ -> 0);
            }
            perCall("telephony_trace_exports_failed_total{service='voice-" + service + "'}", 0);
            perCall("telephony_trace_spans_dropped_total{service='voice-" + service + "'}", 0);
        }
        set("telephony_calls_free", _ -> 97);
        set("telephony_sms_outbox_age_seconds", _ -> 3);
        for (String state : List.of("model_circuit_open", "model_latched")) {
            set("telephony_" + state + "{endpoint='openai'}", _ -> 0);
        }
        set("telephony_twilio_circuit_open", _ -> 0);
        set("telephony_admission_answers_total{outcome='answered'}", at -> Math.floor(at / 2));
        for (String counter :
                List.of(
                        "admission_answers_total{outcome='timeout'}",
                        "recovery_texts_total{state='failed',reason='operator'}",
                        "recovery_texts_total{state='failed',reason='remember'}",
                        "booking_link_texts_total{state='failed',reason='operator'}",
                        "reaper_instances_total{verdict='dead'}",
                        "model_trouble_total{kind='passing'}",
                        "claims_unbacked_total{kind='booked'}",
                        "callbacks_not_stored_total",
                        "journal_failures_total{what='ended_lost'}",
                        "journal_failures_total{what='usage_lost'}",
                        "turns_dropped_total{reason='refused'}",
                        "bugs_total")) {
            perCall("telephony_" + counter, 0);
        }
        perCall("telephony_after_stream_answers_total{by='action'}", 1);
        // A question came while action's pods were replaced.
        set("telephony_after_stream_answers_total{by='safe_default'}", at -> at < NOON ? 0 : 1);
        // Tried again, and written.
        set("telephony_journal_failures_total{what='ended'}", at -> at < NOON ? 0 : 1);
    }

    /// A counter that grows by so much with every call.
    WatchedDay perCall(String name, double each) {
        return set(name, at -> Math.floor(each * calls(at)));
    }

    /// From noon on.
    WatchedDay perCall(String name, double before, double each) {
        return set(
                name,
                at ->
                        Math.floor(
                                before * calls(Math.min(at, NOON))
                                        + each * (calls(at) - calls(Math.min(at, NOON)))));
    }

    /// A counter that grows by so much an hour from noon on.
    WatchedDay perHour(String name, double each) {
        return set(name, at -> Math.floor(each * Math.max(0, at - NOON) / HOUR));
    }

    /// @param counts within each bucket, with every call
    WatchedDay histogram(String name, String labels, Map<String, Double> counts) {
        counts.forEach(
                (end, count) -> perCall(name + "_bucket{" + labels + "le='" + end + "'}", count));
        return perCall(name + "_count{" + labels + "}", counts.getOrDefault("+Inf", 0.0));
    }

    /// @param value NaN where there is none
    WatchedDay set(String name, DoubleUnaryOperator value) {
        series.computeIfAbsent(name.replaceFirst("\\{.*", ""), _ -> new HashMap<>())
                .put(labels(name), value);
        return this;
    }

    /// From noon on.
    WatchedDay turns(String name, double value) {
        DoubleUnaryOperator before =
                requireNonNull(
                        series.getOrDefault(name.replaceFirst("\\{.*", ""), Map.of())
                                .get(labels(name)),
                        name);
        return set(name, at -> at < NOON ? before.applyAsDouble(at) : value);
    }

    Elements at(String name, double second) {
        var found = new Elements();
        series.getOrDefault(name, Map.of())
                .forEach((labels, value) -> found.add(labels, value.applyAsDouble(second)));
        return found;
    }

    private static Map<String, String> labels(String name) {
        return LABEL.matcher(name.replace('\'', '"'))
                .results()
                .collect(
                        Collectors.toMap(
                                it -> it.group(1),
                                it -> it.group(2),
                                (_, last) -> last,
                                TreeMap::new));
    }

    private static double calls(double at) {
        double hour = at % DAY / HOUR;
        return 200 * Math.floor(at / DAY) + 20 * Math.clamp(hour - 8, 0, 10);
    }
}
