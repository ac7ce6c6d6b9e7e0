package org.telephonystack.action.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.jboss.logging.Logger;
import org.telephonystack.action.afterstream.AfterStreamEvents;
import org.telephonystack.action.afterstream.Takeover;
import org.telephonystack.action.reaper.CallRedirect;
import org.telephonystack.action.reaper.OrphanedCall;
import org.telephonystack.action.reaper.ReaperEvents;
import org.telephonystack.action.reaper.SilentInstance;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.model.log.OncePerOutage;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Log lines and meters of calls that change their stream, and of the processes they came from.
final class TakeoverWatch implements AfterStreamEvents, ReaperEvents {

    private static final Logger LOG = Logger.getLogger("org.telephonystack.action");

    private final MeterRegistry registry;
    private final OncePerOutage blindness =
            new OncePerOutage(Duration.ofSeconds(10), System::nanoTime);
    private final Map<UUID, OncePerOutage> alive = new ConcurrentHashMap<>();
    private final Map<UUID, OncePerOutage> unanswered = new ConcurrentHashMap<>();

    TakeoverWatch(MeterRegistry registry) {
        this.registry = registry;
        for (CallRedirect.Result result : CallRedirect.Result.values()) {
            redirects(result).increment(0);
        }
        // The first one would be no increase of a counter that was not there.
        registry.counter("telephony.reaper.instances", "verdict", "dead").increment(0);
    }

    @Override
    public void onConnectedAgain(
            CallSid callSid, int attempt, Takeover.ConnectAgain next, boolean redirected) {
        registry.counter(
                        "telephony.takeovers",
                        "why",
                        next.why().word(),
                        "by",
                        redirected ? "reaper" : "after_stream")
                .increment();
        LOG.info(
                "[Action] 🔁 Call Goes On | Why: "
                        + next.why().word()
                        + " | By: "
                        + (redirected ? "reaper" : "after_stream")
                        + " | Attempt: "
                        + next.attempt()
                        + ids(callSid));
    }

    @Override
    public void onAliveAfterAll(SilentInstance instance) {
        registry.counter("telephony.reaper.instances", "verdict", "alive").increment();
        if (alive.computeIfAbsent(
                        instance.id(),
                        _ -> new OncePerOutage(Duration.ofSeconds(10), System::nanoTime))
                .begins()) {
            LOG.warn("[Reaper] 🫥 Instance Silent | Instance: " + instance.id() + " | Lives: yes");
        }
    }

    @Override
    public void onUnanswered(SilentInstance instance) {
        registry.counter("telephony.reaper.instances", "verdict", "unanswered").increment();
        if (unanswered
                .computeIfAbsent(
                        instance.id(),
                        _ -> new OncePerOutage(Duration.ofSeconds(10), System::nanoTime))
                .begins()) {
            LOG.warn(
                    "[Reaper] 🫥 Instance Silent | Instance: "
                            + instance.id()
                            + " | Lives: unknown");
        }
    }

    @Override
    public void onDead(SilentInstance instance, int calls) {
        registry.counter("telephony.reaper.instances", "verdict", "dead").increment();
        LOG.error(
                "[Reaper] 💀 Instance Lost | Instance: "
                        + instance.id()
                        + " | Calls: "
                        + calls
                        + " | Silent: "
                        + seconds(instance.silent()));
    }

    @Override
    public void onRedirect(OrphanedCall call, CallRedirect.Result result, Duration since) {
        redirects(result).increment();
        Timer.builder("telephony.reaper.delay")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(100))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry)
                .record(since);
        String line =
                "[Reaper] 🔁 Call Redirected | Result: "
                        + word(result)
                        + " | Attempt: "
                        + call.attempt()
                        + " | Silent: "
                        + seconds(since)
                        + ids(call.callSid());
        if (result == CallRedirect.Result.FAILED) {
            LOG.error(line);
        } else {
            LOG.info(line);
        }
    }

    @Override
    public void onBlind(Throwable why) {
        registry.counter("telephony.reaper.blind").increment();
        if (blindness.begins()) {
            LOG.warn("[Reaper] 🙈 Database Away | Why: " + why.getClass().getSimpleName());
        }
    }

    private io.micrometer.core.instrument.Counter redirects(CallRedirect.Result result) {
        return registry.counter("telephony.reaper.redirects", "result", word(result));
    }

    private static String word(CallRedirect.Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }

    private static String ids(CallSid callSid) {
        return " | Trace: " + CallTrace.of(callSid).traceId() + " | CallSid: " + callSid;
    }
}
