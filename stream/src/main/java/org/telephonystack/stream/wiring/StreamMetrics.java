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
import org.telephonystack.stream.call.openai.CircuitBreaker;
import org.telephonystack.stream.call.openai.EndpointEvents;
import org.telephonystack.stream.truth.UnbackedClaim;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Every meter of the service. Labels come from closed lists only.
final class StreamMetrics {

    private static final String STAGE = "stage";

    private static final String ENDPOINT = "endpoint";

    private static final String KIND = "kind";

    /// Buckets that end exactly here: what the burn rates of prometheusrule.yaml are counted with.
    private static final Duration[] TARGETS =
            Stream.of(100, 500, 800, 1000, 1300, 1600, 2000)
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> latches = new ConcurrentHashMap<>();

    StreamMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Calls carried now, and how many more may come; 0 while the process is leaving.
    void watch(CallAdmission admission, Supplier<Number> queuedTurns) {
        Gauge.builder("telephony.calls.active", admission::active).register(registry);
        Gauge.builder("telephony.calls.free", admission::free).register(registry);
        Gauge.builder("telephony.turns.queued", queuedTurns).register(registry);
        beginAtZero();
    }

    /// A counter that nobody touched is absent, and one that appears with 1 did not increase: an alert would never see the first
    /// event. So all that prometheusrule.yaml counts is there from the start.
    private void beginAtZero() {
        for (Refusal why : Refusal.values()) {
            refusals(why);
        }
        for (ModelEvent.Trouble trouble : ModelEvent.Trouble.values()) {
            counter("telephony.model.trouble", KIND, word(trouble));
        }
        for (UnbackedClaim.Kind kind : UnbackedClaim.Kind.values()) {
            counter("telephony.claims.unbacked", KIND, word(kind));
        }
        for (String what : List.of("started", "usage", "ended", "usage_lost", "ended_lost")) {
            counter("telephony.journal.failures", "what", what);
        }
        for (String why : List.of("queue_full", "refused", "leaving")) {
            counter("telephony.turns.dropped", "reason", why);
        }
        counter("telephony.calls.started");
        counter("telephony.bugs");
        counter("telephony.trace.exports.failed");
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
            case CallEvent.ModelAnswered answered ->
                    time(
                            "telephony.model.response",
                            answered.took(),
                            ENDPOINT,
                            answered.endpoint());
            case CallEvent.ToolFinished tool ->
                    time(
                            "telephony.tool",
                            tool.took(),
                            "tool",
                            Tools.named(tool.name()).isPresent() ? tool.name() : "unknown",
                            "result",
                            word(tool.end()));
            case CallEvent.ResponseEnded ended -> responseEnded(ended);
            case CallEvent.CallerTranscribed(var took) -> transcribed(took);
            case CallEvent.BargedIn _ -> count("telephony.barge.ins");
            case CallEvent.CallerAudioDropped(long millis) ->
                    counter("telephony.audio.dropped.milliseconds").increment((double) millis);
            case CallEvent.CallerSilent _ -> count("telephony.caller.silent");
            case CallEvent.HoldingLine _ -> count("telephony.holding.lines");
            case CallEvent.ClaimUnbacked(UnbackedClaim.Kind kind) ->
                    count("telephony.claims.unbacked", KIND, word(kind));
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
                    count("telephony.model.trouble", KIND, word(trouble.trouble()));
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

    void turnsWait() {
        count("telephony.turns.waits");
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

    void connected(String endpoint, EndpointEvents.For what, boolean isReady) {
        count(
                "telephony.model.connections",
                ENDPOINT,
                endpoint,
                "for",
                word(what),
                "outcome",
                isReady ? "ready" : "failed");
    }

    /// @return to be told of each change
    Consumer<CircuitBreaker.State> circuit(String endpoint) {
        var open = new AtomicReference<>(CircuitBreaker.State.CLOSED);
        Gauge.builder("telephony.model.circuit.open", () -> openness(open.get()))
                .tag(ENDPOINT, endpoint)
                .register(registry);
        var latchedUntil = new AtomicLong(System.nanoTime());
        latches.put(endpoint, latchedUntil);
        Gauge.builder(
                        "telephony.model.latched",
                        () -> latchedUntil.get() - System.nanoTime() > 0 ? 1 : 0)
                .tag(ENDPOINT, endpoint)
                .register(registry);
        return open::set;
    }

    void pinged(String endpoint, Duration took) {
        time("telephony.model.ping", took, ENDPOINT, endpoint);
    }

    void latched(String endpoint, Duration length) {
        AtomicLong until = latches.get(endpoint);
        if (until != null) {
            until.set(System.nanoTime() + length.toNanos());
        }
    }

    void wanted(boolean isWarm) {
        count("telephony.model.wanted", "warm", String.valueOf(isWarm));
    }

    void modelNews(String kind) {
        count("telephony.model.warnings", KIND, kind);
    }

    /// From `start` to the first order to speak: ticket and lookup included, the model's own time not.
    void greetingAfter(Duration start) {
        time("telephony.start.to.greeting", start);
    }

    private static double openness(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN -> 1;
        };
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

    private void transcribed(ModelEvent.Transcribed took) {
        tokens("transcribed_text_in", took.textIn());
        tokens("transcribed_audio_in", took.audioIn());
        tokens("transcribed_text_out", took.textOut());
        counter("telephony.transcribed.seconds").increment(took.seconds());
    }

    private void tokens(String kind, long count) {
        counter("telephony.tokens", KIND, kind).increment((double) count);
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
                .serviceLevelObjectives(TARGETS)
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry)
                .record(took);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
