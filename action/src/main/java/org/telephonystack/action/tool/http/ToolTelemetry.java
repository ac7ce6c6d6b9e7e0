package org.telephonystack.action.tool.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.jboss.logging.Logger;
import org.telephonystack.action.tool.ToolEvents;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Counters and log lines of tool calls. What the model or the caller said never stands in them.
public final class ToolTelemetry implements ToolEvents {

    private static final Logger LOG = Logger.getLogger("telephony.action.tool");

    private final MeterRegistry meters;

    public ToolTelemetry(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void onBooking(Booking result, Optional<CallSid> callSid) {
        String word = result.name().toLowerCase(Locale.ROOT);
        meters.counter("telephony.bookings", "result", word).increment();
        LOG.infof("[Action] 📅 Booking | Result: %s | CallSid: %s", word, name(callSid));
    }

    @Override
    public void onTooMany(String action, Optional<CallSid> callSid) {
        meters.counter("telephony.tool.refused", "reason", "too_many").increment();
        LOG.warnf(
                "[Action] ❌ Tool Call Refused | Reason: too_many | Tool: %s | CallSid: %s",
                action, name(callSid));
    }

    @Override
    public void onFailure(String action, Optional<CallSid> callSid, Throwable failure) {
        Throwable cause = rootOf(failure);
        // The text of a database's error may quote what the caller said; its kind is enough.
        LOG.errorf(
                "[Action] ❌ Tool Failed | Tool: %s | CallSid: %s | Error: %s",
                action, name(callSid), cause.getClass().getSimpleName());
        LOG.debug("tool failed", failure);
    }

    /// The request had no or a wrong secret.
    void onUnauthorized() {
        meters.counter("telephony.security.rejections", "reason", "service_secret").increment();
        LOG.warn("[Action] ❌ Security validation failed | Reason: service_secret");
    }

    /// @param reason one of few words
    void onRefused(String reason) {
        meters.counter("telephony.tool.refused", "reason", reason).increment();
        LOG.warnf("[Action] ❌ Tool Call Refused | Reason: %s", reason);
    }

    /// @param inTime false where the answer stands in for one that did not come
    void onAnswered(
            String action,
            ToolResult result,
            boolean inTime,
            Optional<CallSid> callSid,
            Duration took) {
        String outcome = inTime ? result.outcome().name().toLowerCase(Locale.ROOT) : "timeout";
        meters.counter("telephony.tool.calls", "action", action, "outcome", outcome).increment();
        Timer.builder("telephony.tool.time")
                .tag("action", action)
                .publishPercentileHistogram()
                .register(meters)
                .record(took);
        LOG.infof(
                "[Action] 🔧 Tool Call | Tool: %s | Outcome: %s | CallSid: %s | Duration: %dms",
                action, outcome, name(callSid), took.toMillis());
    }

    private static String name(Optional<CallSid> callSid) {
        return callSid.map(CallSid::value).orElse("none");
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
