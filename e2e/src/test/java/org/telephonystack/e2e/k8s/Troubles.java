package org.telephonystack.e2e.k8s;

import static org.telephonystack.e2e.k8s.WatchedDay.NOON;

import org.junit.jupiter.params.provider.Arguments;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What goes wrong at noon of a [WatchedDay], and which alert says so.
final class Troubles {

    private Troubles() {}

    private static Arguments trouble(String alert, String what, UnaryOperator<WatchedDay> change) {
        return Arguments.of(alert, what, change);
    }

    static Stream<Arguments> all() {
        return Stream.of(
                trouble(
                        "CallsFail",
                        "two of three calls are lost",
                        day ->
                                day.perCall(
                                                "telephony_call_outcomes_total{outcome='completed'}",
                                                0.6,
                                                0.34)
                                        .perCall(
                                                "telephony_call_outcomes_total{outcome='caller_hung_up'}",
                                                0.38,
                                                0)
                                        .perCall(
                                                "telephony_call_outcomes_total{outcome='model_failed'}",
                                                0,
                                                0.66)),
                trouble(
                        "CallsFailSlowly",
                        "one of seven calls has been lost all day",
                        day ->
                                day.perCall(
                                        "telephony_call_outcomes_total{outcome='unknown'}", 0.14)),
                trouble(
                        "ContextLookupSlow",
                        "one of ten callers has taken long to look up all day",
                        day ->
                                day.perCall(
                                        "telephony_context_lookup_seconds_bucket{le='0.1'}", 0.9)),
                trouble(
                        "FirstResponseSlow",
                        "half of the answers come after 1.3 s, as they have all day",
                        day ->
                                day.histogram(
                                        "telephony_first_response_seconds",
                                        "stage='sent',",
                                        Map.of(
                                                "0.5", 0.0, "0.8", 1.0, "1.3", 3.0, "2.0", 6.0,
                                                "+Inf", 6.0))),
                trouble(
                        "SecurityRejectionsUnusual",
                        "somebody forges ten requests a minute beside the calls",
                        day -> day.perHour(rejected("frontdoor", "signature_wrong"), 600)),
                trouble(
                        "TwilioRefused",
                        "all twenty calls an hour are refused",
                        day -> refused(day, 1)),
                trouble(
                        "TwilioRefused",
                        "all four calls an hour are refused",
                        day -> refused(day, 0.2)),
                trouble(
                        "TwilioRefused",
                        "stream alone has another token",
                        day ->
                                day.perCall(
                                                "telephony_calls_started_total{service='voice-stream'}",
                                                1,
                                                0)
                                        .perCall(rejected("stream", "signature_wrong"), 0, 1)),
                trouble(
                        "RecoveryTextsMany",
                        "every second caller is texted",
                        day ->
                                day.perCall(
                                        "telephony_recovery_texts_total{state='queued',reason='our_fault'}",
                                        0.02,
                                        0.5)),
                trouble(
                        "OutboxOld",
                        "texts wait",
                        day -> day.turns("telephony_sms_outbox_age_seconds", 130)),
                once("RecoveryTextsFail", "recovery_texts_total{state='failed',reason='operator'}"),
                once(
                        "RecoveryTextsFail",
                        "booking_link_texts_total{state='failed',reason='operator'}"),
                once("InstanceLost", "reaper_instances_total{verdict='dead'}"),
                trouble(
                        "NoFreePlaces",
                        "every place is taken",
                        day -> day.turns("telephony_calls_free", 0)),
                trouble(
                        "NoFreePlaces",
                        "there is no stream",
                        day -> day.turns("telephony_calls_free", Double.NaN)),
                trouble(
                        "ModelTrouble",
                        "every call meets it ten times",
                        day -> day.perCall("telephony_model_trouble_total{kind='passing'}", 0, 10)),
                trouble(
                        "CircuitOpen",
                        "connections fail",
                        day -> day.turns("telephony_model_circuit_open{endpoint='openai'}", 1)),
                trouble(
                        "CircuitOpen",
                        "the key is refused",
                        day -> day.turns("telephony_model_latched{endpoint='openai'}", 1)),
                trouble(
                        "TwilioCircuitOpen",
                        "REST is away",
                        day -> day.turns("telephony_twilio_circuit_open", 1)),
                trouble(
                        "UnbackedClaims",
                        "every second call",
                        day ->
                                day.perCall(
                                        "telephony_claims_unbacked_total{kind='booked'}", 0, 0.5)),
                once("CallbacksNotStored", "callbacks_not_stored_total"),
                trouble(
                        "ActionSilent",
                        "every stream's end is decided without it",
                        day ->
                                day.perCall(
                                                "telephony_after_stream_answers_total{by='safe_default'}",
                                                0,
                                                1)
                                        .perCall(
                                                "telephony_after_stream_answers_total{by='action'}",
                                                1,
                                                0)),
                trouble(
                        "PlacesUnknown",
                        "action does not answer",
                        day ->
                                day.set(
                                                "telephony_admission_answers_total{outcome='answered'}",
                                                at -> Math.min(at, NOON))
                                        .perHour(
                                                "telephony_admission_answers_total{outcome='timeout'}",
                                                1_800)),
                trouble(
                        "JournalFails",
                        "ends of calls are tried again and again",
                        day ->
                                day.set(
                                        "telephony_journal_failures_total{what='ended'}",
                                        at -> at < NOON ? 0 : 6)),
                once("JournalFails", "journal_failures_total{what='ended_lost'}"),
                once("JournalFails", "journal_failures_total{what='usage_lost'}"),
                once("JournalFails", "turns_dropped_total{reason='refused'}"),
                once("ServiceBug", "bugs_total"),
                trouble(
                        "ServiceAway",
                        "action is down",
                        day -> day.turns("up{job='voice-action'}", 0)),
                trouble(
                        "ServiceAway",
                        "action is gone",
                        day -> day.turns("up{job='voice-action'}", Double.NaN)),
                trouble(
                        "TracesLost",
                        "the collector is gone",
                        day ->
                                day.perHour(
                                        "telephony_trace_exports_failed_total{service='voice-action'}",
                                        60)),
                trouble(
                        "TracesLost",
                        "the collector is slow",
                        day ->
                                day.perHour(
                                        "telephony_trace_spans_dropped_total{service='voice-action'}",
                                        6_000)));
    }

    private static Arguments once(String alert, String counter) {
        return trouble(
                alert,
                "it happened once: " + counter,
                day -> day.set("telephony_" + counter, at -> at < NOON ? 0 : 1));
    }

    /// Twilio asks frontdoor and its fallback, and tells action, which refuses it four times.
    private static WatchedDay refused(WatchedDay day, double share) {
        return day.perCall(
                        "telephony_twilio_signatures_total{service='voice-frontdoor',token='current'}",
                        2,
                        0)
                .perCall(
                        "telephony_twilio_signatures_total{service='voice-action',token='current'}",
                        4,
                        0)
                .perCall("telephony_calls_started_total{service='voice-stream'}", 1, 0)
                .perCall(rejected("frontdoor", "signature_wrong"), 0, 2 * share)
                .perCall(rejected("action", "signature_wrong"), 0, 4 * share);
    }

    static String rejected(String service, String reason) {
        return "telephony_security_rejections_total{service='voice-%s',reason='%s'}"
                .formatted(service, reason);
    }
}
