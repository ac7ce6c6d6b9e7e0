package org.telephonystack.simulator.phone;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;

import org.jspecify.annotations.Nullable;
import org.telephonystack.simulator.phone.CallEvent.Kind;
import org.telephonystack.simulator.sound.Mulaw;
import org.telephonystack.simulator.twiml.Verb;
import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.Callbacks;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;
import org.telephonystack.simulator.webhook.WebhookClient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// All state of one call; touched on the call's context only (the journal may be read from elsewhere).
final class LiveCall implements MediaStream.Call {

    static final String RINGING = "ringing";
    static final String IN_PROGRESS = "in-progress";

    private final NetworkSettings settings;
    private final CallerPlan plan;
    private final String callSid;
    private final LineClock clock;
    private final WebhookClient webhooks;
    private final WebSocketClient sockets;
    private final Callbacks callbacks;
    private final CallJournal journal;
    private final CallTracks tracks;
    private final Pacer pacer;
    private final CallParameters parameters;
    private final TwimlRunner runner;
    private final List<MediaStream> streams = new ArrayList<>();
    private final long dialedNanos;
    private final CompletableFuture<CallRecord> ended = new CompletableFuture<>();
    private final CompletableFuture<CallRecord> settled = new CompletableFuture<>();
    final Mouth mouth = new Mouth();
    final Hearing hearing;
    private volatile String status = RINGING;
    private long answeredNanos = -1;
    private boolean callerSpeaks;
    private AfterLoss whenLost = AfterLoss.ASK_ACTION;
    private @Nullable MediaStream stream;

    LiveCall(
            Vertx vertx,
            NetworkSettings settings,
            CallerPlan plan,
            WebhookClient webhooks,
            WebSocketClient sockets) {
        this.settings = settings;
        this.plan = plan;
        this.callSid = plan.callSid().orElseGet(() -> Sids.random("CA"));
        this.clock = LineClock.of(vertx);
        this.webhooks = webhooks;
        this.sockets = sockets;
        this.dialedNanos = clock.nanos();
        this.journal = new CallJournal(() -> millisAt(clock.nanos()));
        this.tracks = new CallTracks(plan.recordsSound());
        this.callbacks = new Callbacks(vertx, webhooks, plan.callbackFaults(), journal::sent);
        this.parameters = new CallParameters(settings, plan, callSid);
        this.hearing =
                new Hearing(speaks ->
                        journal.add(speaks ? Kind.ASSISTANT_SPEAKS : Kind.ASSISTANT_SILENT, ""));
        this.pacer = new Pacer(clock, this::tick);
        this.runner = new TwimlRunner(this, clock);
    }

    void start() {
        journal.add(Kind.DIALED, plan.from() + " → " + settings.number());
        pacer.start();
        runner.fetch(settings.voiceUrl(), "POST", Map.of(), plan.webhookSigning());
    }

    void answer() {
        if (status.equals(RINGING)) {
            status = IN_PROGRESS;
            answeredNanos = clock.nanos();
            journal.add(Kind.ANSWERED, "");
        }
    }

    /// @param url absolute
    void openStream(Verb.ConnectStream verb, String url) {
        answer();
        var opening = new MediaStream(this, verb, url);
        streams.add(opening);
        stream = opening;
        opening.connect(sockets);
    }

    @Nullable MediaStream stream() {
        return stream;
    }

    void stopStream() {
        MediaStream now = stream;
        stream = null;
        if (now != null) {
            now.stop();
        }
    }

    void hangUp() {
        if (isOver()) {
            return;
        }
        boolean answered = status.equals(IN_PROGRESS);
        boolean streaming = stream != null;
        MediaStream now = stream;
        end(answered ? "completed" : "no-answer", "caller");
        if (streaming && now != null && settings.afterConnect().onHangUp()) {
            runner.announceAfterHangUp(now);
        }
    }

    void end(String finalStatus, String by) {
        if (isOver()) {
            return;
        }
        runner.cancel();
        stopStream();
        status = finalStatus;
        pacer.stop();
        var over = new CallEnded("call " + callSid + " ended: " + finalStatus + " by " + by);
        mouth.stop(over);
        hearing.stop(over);
        journal.add(Kind.ENDED, finalStatus + " by " + by);
        long seconds = answeredNanos < 0 ? 0 : (clock.nanos() - answeredNanos) / 1_000_000_000;
        settings.statusCallback()
                .ifPresent(url ->
                        callback(
                                CallbackFaults.Kind.CALL_STATUS,
                                url,
                                parameters.ended(finalStatus, seconds)));
        ended.complete(record(by));
        callbacks
                .settled()
                .onComplete(_ -> {
                    settled.complete(record(by));
                    journal.close(over);
                });
    }

    long millisAt(long nanos) {
        return (nanos - dialedNanos) / 1_000_000;
    }

    boolean isOver() {
        return !status.equals(RINGING) && !status.equals(IN_PROGRESS);
    }

    void callback(CallbackFaults.Kind kind, String url, Map<String, String> form) {
        callbacks.send(kind, WebhookClient.Request.post(url, form).signed(Signing.RIGHT));
    }

    void say(byte[] sound, CompletableFuture<Void> finished) {
        if (isOver()) {
            finished.completeExceptionally(new CallEnded("call " + callSid + " is over"));
            return;
        }
        mouth.say(sound, finished);
    }

    @Override
    public NetworkSettings settings() {
        return settings;
    }

    @Override
    public CallerPlan plan() {
        return plan;
    }

    @Override
    public String callSid() {
        return callSid;
    }

    @Override
    public CallJournal journal() {
        return journal;
    }

    @Override
    public String signatureOf(String url) {
        return webhooks.signatureOf(url, Map.of());
    }

    @Override
    public String resolve(String url) {
        return webhooks.resolve(url);
    }

    @Override
    public void streamCallback(MediaStream of, String event, String error) {
        of.verb()
                .statusCallback()
                .ifPresent(to ->
                        callback(
                                CallbackFaults.Kind.STREAM,
                                runner.resolve(to.url()),
                                parameters.stream(of.streamSid(), of.name(), event, error)));
    }

    @Override
    public void streamEnded(MediaStream of, StreamEnd how) {
        if (stream == of) {
            stream = null;
            if (how != StreamEnd.LOST || whenLost == AfterLoss.ASK_ACTION) {
                runner.streamEnded(of, how);
            }
        }
    }

    void whenLost(AfterLoss what) {
        whenLost = what;
    }

    TwimlRunner runner() {
        return runner;
    }

    CallParameters parameters() {
        return parameters;
    }

    WebhookClient webhooks() {
        return webhooks;
    }

    String status() {
        return status;
    }

    CompletableFuture<CallRecord> ended() {
        return ended;
    }

    CompletableFuture<CallRecord> settled() {
        return settled;
    }

    private CallRecord record(String by) {
        var length = Duration.ofNanos(clock.nanos() - dialedNanos);
        List<StreamRecord> done = streams.stream().map(MediaStream::record).toList();
        return new CallRecord(callSid, plan.from(), status, by, length, journal, done, tracks);
    }

    private void tick() {
        byte[] callerFrame = mouth.nextFrame();
        if (callerSpeaks != mouth.isSpeaking()) {
            callerSpeaks = mouth.isSpeaking();
            journal.add(callerSpeaks ? Kind.CALLER_SPEAKS : Kind.CALLER_SILENT, "");
        }
        MediaStream now = stream;
        byte[] heard = now == null ? Mulaw.silence(Mulaw.FRAME_BYTES) : now.tick(callerFrame);
        tracks.add(callerFrame, heard);
        hearing.onFrame(Mulaw.isAudible(heard));
    }
}
