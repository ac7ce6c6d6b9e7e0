package org.telephonystack.stream.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.call.CallEvent;
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.truth.UnbackedClaim;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/// Every meter of the service. Labels come from closed lists only.
final class StreamMetrics {

    private static final String STAGE = "stage";

    private final MeterRegistry registry;

    StreamMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Calls carried now, and how many more may come; 0 while the process is leaving.
    void watch(CallAdmission admission, Supplier<Number> queuedTurns) {
        Gauge.builder("telephony.calls.active", admission::active).register(registry);
        Gauge.builder("telephony.calls.free", admission::free).register(registry);
        Gauge.builder("telephony.turns.queued", queuedTurns).register(registry);
        // Counters that nobody touched yet are 0, not absent: an alert on a rate needs the first
        // one.
        for (Refusal why : Refusal.values()) {
            refusals(why);
        }
    }

    void on(CallEvent event) {
        switch (event) {
            case CallEvent.Started _ -> count("telephony.calls.started");
            case CallEvent.LookedUp looked ->
                    time(
                            "telephony.context.lookup",
                            looked.took(),
                            "outcome",
                            word(looked.outcome()));
            case CallEvent.ModelReady ready -> time("telephony.model.connect", ready.took());
            case CallEvent.FirstAudioSent sent ->
                    time("telephony.first.response", sent.sinceTurnBegan(), STAGE, "sent");
            case CallEvent.FirstAudioHeard heard ->
                    time("telephony.first.response", heard.sinceTurnBegan(), STAGE, "heard");
            case CallEvent.ToolFinished tool ->
                    time(
                            "telephony.tool",
                            tool.took(),
                            "tool",
                            Tools.named(tool.name()).isPresent() ? tool.name() : "unknown",
                            "result",
                            word(tool.end()));
            case CallEvent.ResponseEnded ended -> responseEnded(ended);
            case CallEvent.BargedIn _ -> count("telephony.barge.ins");
            case CallEvent.CallerAudioDropped(long millis) ->
                    counter("telephony.audio.dropped.milliseconds").increment((double) millis);
            case CallEvent.CallerSilent _ -> count("telephony.caller.silent");
            case CallEvent.HoldingLine _ -> count("telephony.holding.lines");
            case CallEvent.ClaimUnbacked(UnbackedClaim.Kind kind) ->
                    count("telephony.claims.unbacked", "kind", word(kind));
            case CallEvent.EmergencyHeard() -> count("telephony.emergencies");
            case CallEvent.ClipPlayed _ -> count("telephony.clips.played");
            case CallEvent.TakenUp _ -> count("telephony.calls.resumed");
            case CallEvent.ModelReplaced replaced ->
                    time(
                            "telephony.model.replaced",
                            replaced.outage(),
                            "from",
                            replaced.from(),
                            "to",
                            replaced.to(),
                            "planned",
                            String.valueOf(replaced.cause().equals("expires")));
            case CallEvent.SilenceFilled(long millis) ->
                    counter("telephony.audio.filled.milliseconds").increment((double) millis);
            case CallEvent.ModelTrouble trouble ->
                    count("telephony.model.trouble", "kind", word(trouble.trouble()));
            case CallEvent.Bug _ -> count("telephony.bugs");
            case CallEvent.Ended ended -> ended(ended);
            case CallEvent.ClientIdentified _,
                    CallEvent.GreetingTriggered _,
                    CallEvent.TurnBegan _,
                    CallEvent.ToolStarted _,
                    CallEvent.TurnEnded _ -> {}
        }
    }

    void refused(Refusal why) {
        refusals(why).increment();
    }

    void notWritten(String what) {
        count("telephony.journal.failures", "what", what);
    }

    void turnsDropped(int count, String why) {
        counter("telephony.turns.dropped", "reason", why).increment((double) count);
    }

    void heartbeatFailed() {
        count("telephony.heartbeat.failures");
    }

    void unknownMessage() {
        count("telephony.twilio.messages.unknown");
    }

    void audioBeforeStart() {
        count("telephony.twilio.audio.before.start");
    }

    private void responseEnded(CallEvent.ResponseEnded ended) {
        count("telephony.responses", "status", word(ended.status()));
        ModelEvent.Usage usage = ended.usage();
        tokens("text_in", usage.textIn());
        tokens("text_cached", usage.textCached());
        tokens("audio_in", usage.audioIn());
        tokens("audio_cached", usage.audioCached());
        tokens("text_out", usage.textOut());
        tokens("audio_out", usage.audioOut());
    }

    private void tokens(String kind, long count) {
        counter("telephony.tokens", "kind", kind).increment((double) count);
    }

    private void ended(CallEvent.Ended ended) {
        count("telephony.calls.ended", "reason", ended.reason().word());
        time("telephony.call.duration", ended.duration());
        ended.firstAudio().ifPresent(first -> time("telephony.start.to.audio", first));
    }

    private Counter refusals(Refusal why) {
        String name =
                switch (why.kind()) {
                    case SECURITY -> "telephony.security.rejections";
                    case PROTOCOL, CAPACITY -> "telephony.streams.refused";
                };
        return counter(name, "reason", why.word());
    }

    private void count(String name, String... labels) {
        counter(name, labels).increment();
    }

    private Counter counter(String name, String... labels) {
        return registry.counter(name, labels);
    }

    private void time(String name, Duration took, String... labels) {
        Timer.builder(name)
                .tags(labels)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry)
                .record(took);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
