package org.telephonystack.stream.wiring;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.model.PersonalData;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallEvent;
import org.telephonystack.stream.call.CallEvent.LookupOutcome;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.openai.CircuitBreaker;
import org.telephonystack.stream.truth.UnbackedClaim;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/// Every line that stream writes about calls. Operators grep for them: prefix, emoji, wording and first key are a contract,
/// what we add follows behind further bars.
final class CallLogLines {

    /// Where lines go; a test looks there.
    @FunctionalInterface
    interface Sink {
        void write(Level level, String line, @Nullable Throwable cause);
    }

    private final PersonalData personalData;
    private final Sink sink;

    CallLogLines(PersonalData personalData, Sink sink) {
        this.personalData = personalData;
        this.sink = sink;
    }

    static CallLogLines toLog(PersonalData personalData) {
        Logger log = Logger.getLogger("org.telephonystack.stream");
        return new CallLogLines(personalData, (level, line, cause) -> log.log(level, line, cause));
    }

    void on(CallEvent event, CallSid call) {
        switch (event) {
            case CallEvent.Started(CallStart start) ->
                    info(
                            "🚀 Call Started",
                            call,
                            "Caller",
                            personalData.phone(start.callerNumber()));
            case CallEvent.LookedUp(LookupOutcome outcome, Duration took) ->
                    lookedUp(outcome, took, call);
            case CallEvent.ClientIdentified(CallContext.Client client) ->
                    info(
                            "👤 Client Identified",
                            call,
                            "Client",
                            personalData.name(client.fullName()));
            case CallEvent.GreetingTriggered() -> info("🎙️ Greeting Triggered", call);
            case CallEvent.ResponseEnded ended -> responseEnded(ended, call);
            case CallEvent.BargedIn(long heardMillis) ->
                    info("✋ Caller Interrupted", call, "Heard", heardMillis + "ms");
            case CallEvent.CallerSilent(int times) ->
                    info("💤 Caller Silent", call, "Times", String.valueOf(times));
            case CallEvent.ToolFinished tool ->
                    info(
                            "🔧 Tool Finished",
                            call,
                            "Tool",
                            word(tool.name()),
                            "Result",
                            word(tool.end()),
                            "Took",
                            millis(tool.took()));
            case CallEvent.ModelTrouble trouble -> modelTrouble(trouble, call);
            case CallEvent.ClaimUnbacked(UnbackedClaim.Kind kind) ->
                    warn(line("🤥 Claim Unbacked", call, "Kind", word(kind)));
            case CallEvent.EmergencyHeard() -> warn(line("🚨 Emergency Words", call));
            case CallEvent.TakenUp(int attempt, int known) ->
                    info(
                            "🔁 Call Resumed",
                            call,
                            "Attempt",
                            String.valueOf(attempt),
                            "Known",
                            String.valueOf(known));
            case CallEvent.ModelReplaced replaced ->
                    info(
                            "🔀 Model Replaced",
                            call,
                            "Endpoint",
                            word(replaced.to()),
                            "Before",
                            word(replaced.from()),
                            "Cause",
                            word(replaced.cause()),
                            "Outage",
                            millis(replaced.outage()));
            case CallEvent.Bug(Throwable cause) ->
                    sink.write(Level.ERROR, line("❌ Call Failed", call), cause);
            case CallEvent.Ended ended -> ended(ended, call);
            case CallEvent.ModelReady _,
                    CallEvent.TurnBegan _,
                    CallEvent.FirstAudioSent _,
                    CallEvent.FirstAudioHeard _,
                    CallEvent.ModelAnswered _,
                    CallEvent.ToolStarted _,
                    CallEvent.TurnEnded _,
                    CallEvent.CallerAudioDropped _,
                    CallEvent.HoldingLine _,
                    CallEvent.ClipPlayed _,
                    CallEvent.CallerTranscribed _,
                    CallEvent.SilenceFilled _ -> {}
        }
    }

    void refused(Refusal why, Optional<CallSid> call) {
        String event =
                switch (why.kind()) {
                    case SECURITY -> "❌ Security validation failed";
                    case PROTOCOL -> "❌ Stream Broken Off";
                    case CAPACITY -> "🚧 Stream Turned Away";
                };
        warn(
                "[Stream] "
                        + event
                        + " | Reason: "
                        + why.word()
                        + call.map(CallLogLines::of).orElse(""));
    }

    void notWritten(String what, CallSid call, Throwable cause) {
        warn(
                line(
                        "⚠️ Journal Failed",
                        call,
                        "What",
                        what,
                        "Cause",
                        cause.getClass().getSimpleName()));
    }

    void turnsDropped(int count, String why) {
        warn("[Stream] ⚠️ Turns Dropped | Count: " + count + " | Reason: " + why);
    }

    void draining(int calls) {
        sink.write(Level.INFO, "[Stream] 🚪 Draining | Calls: " + calls, null);
    }

    void drained(int calls) {
        sink.write(Level.INFO, "[Stream] 🚪 Drained | Calls left: " + calls, null);
    }

    void databaseAway(String what, Throwable cause) {
        warn(
                "[Stream] ⚠️ Database Away | What: "
                        + what
                        + " | Cause: "
                        + cause.getClass().getSimpleName());
    }

    void circuit(String endpoint, CircuitBreaker.State state) {
        String line =
                "[Stream] 🔌 Endpoint Circuit | Endpoint: " + endpoint + " | State: " + word(state);
        sink.write(state == CircuitBreaker.State.OPEN ? Level.WARN : Level.INFO, line, null);
    }

    void latched(String endpoint, String code, Duration length) {
        error(
                "[Stream] ❌ Endpoint Given Up | Endpoint: "
                        + endpoint
                        + " | Code: "
                        + word(code)
                        + " | For: "
                        + length.toSeconds()
                        + "s");
    }

    void modelWithdrawn(String model, LocalDate on, long days) {
        warn(
                "[Stream] ⚠️ Model Withdrawn | Model: "
                        + word(model)
                        + " | On: "
                        + on
                        + " | Days: "
                        + days);
    }

    void modelUnknown(String endpoint, String model) {
        error(
                "[Stream] ❌ Model Unknown | Endpoint: "
                        + endpoint
                        + " | Model: "
                        + word(model)
                        + " | Set: TELEPHONY_MODEL_NAME");
    }

    void modelKeyRefused(String endpoint, int status) {
        error("[Stream] ❌ Model Key Refused | Endpoint: " + endpoint + " | Status: " + status);
    }

    void modelUnchecked(String endpoint, String why) {
        warn("[Stream] ⚠️ Model Unchecked | Endpoint: " + endpoint + " | Reason: " + word(why));
    }

    void modelDeafToWords(String endpoint) {
        warn(
                "[Stream] ⚠️ Callers Not Transcribed | Endpoint: "
                        + endpoint
                        + " | Off: emergency words, callers' half of transcripts, analyses and replays");
    }

    private void lookedUp(LookupOutcome outcome, Duration took, CallSid call) {
        switch (outcome) {
            case FOUND -> {}
            case NEW_CALLER -> info("👋 New Caller", call, "Lookup", millis(took));
            case LATE, FAILED ->
                    warn(
                            line(
                                    "⚠️ Context Missing",
                                    call,
                                    "Reason",
                                    word(outcome),
                                    "Lookup",
                                    millis(took)));
            case REPLAYED -> {}
            case OVER -> info("🔁 Call Was Over", call, "Lookup", millis(took));
        }
    }

    private void responseEnded(CallEvent.ResponseEnded ended, CallSid call) {
        switch (ended.status()) {
            case COMPLETED -> info("✅ Response Complete", call);
            case CANCELLED -> {}
            case INCOMPLETE, FAILED, FAILED_FOR_GOOD, TEXT_ONLY ->
                    warn(line("⚠️ Response Failed", call, "Status", word(ended.status())));
        }
    }

    private void modelTrouble(CallEvent.ModelTrouble trouble, CallSid call) {
        if (trouble.trouble() != ModelEvent.Trouble.BENIGN) {
            warn(
                    line(
                            "⚠️ Model Trouble",
                            call,
                            "Kind",
                            word(trouble.trouble()),
                            "Code",
                            word(trouble.code())));
        }
    }

    private void ended(CallEvent.Ended ended, CallSid call) {
        info(
                "📴 Call Ended",
                call,
                "End",
                ended.reason().word(),
                "Duration",
                String.format(Locale.ROOT, "%.1fs", ended.duration().toMillis() / 1000.0),
                "First audio",
                ended.firstAudio().map(CallLogLines::millis).orElse("none"));
    }

    /// The keys of the contract stand before the trace, ours behind it.
    private void info(String event, CallSid call, String... keysAndValues) {
        sink.write(Level.INFO, line(event, call, keysAndValues), null);
    }

    private void warn(String line) {
        sink.write(Level.WARN, line, null);
    }

    private void error(String line) {
        sink.write(Level.ERROR, line, null);
    }

    private static String line(String event, CallSid call, String... keysAndValues) {
        var contract = new StringBuilder("[Stream] ").append(event);
        var ours = new StringBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            boolean first = keysAndValues[i].equals("Caller") || keysAndValues[i].equals("Client");
            (first ? contract : ours)
                    .append(" | ")
                    .append(keysAndValues[i])
                    .append(": ")
                    .append(keysAndValues[i + 1]);
        }
        return contract + of(call) + ours;
    }

    private static String of(CallSid call) {
        return " | Trace: " + CallTrace.of(call).traceId() + " | CallSid: " + call;
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    /// Some of these come from a provider: they stay one word of one line.
    static String word(Object value) {
        String text = value.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.:-]", "_");
        return text.substring(0, Math.min(60, text.length()));
    }
}
