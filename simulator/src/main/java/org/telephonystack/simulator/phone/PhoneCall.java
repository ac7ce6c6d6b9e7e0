package org.telephonystack.simulator.phone;

import io.vertx.core.Context;

import org.telephonystack.simulator.sound.Clip;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One call, as the caller holds it: speak, press, hang up, and break things. May be used from any thread.
///
/// Futures of things that can no longer happen fail with [CallEnded].
public final class PhoneCall {

    private final LiveCall call;
    private final Context context;

    PhoneCall(LiveCall call, Context context) {
        this.call = call;
        this.context = context;
    }

    public String callSid() {
        return call.callSid();
    }

    public String from() {
        return call.plan().from();
    }

    /// Twilio's word: `ringing`, `in-progress`, then a final one.
    public String status() {
        return call.status();
    }

    /// Where a moment of `System.nanoTime()` lies in this call: what [CallEvent] and recordings count in.
    public long millisAt(long nanos) {
        return call.millisAt(nanos);
    }

    /// When the call is over; notifications may still be under way.
    public CompletableFuture<CallRecord> ended() {
        return call.ended();
    }

    /// When the call is over and every notification is answered (or has failed).
    public CompletableFuture<CallRecord> settled() {
        return call.settled();
    }

    public List<CallEvent> events() {
        return call.journal().events();
    }

    /// The first event, past or future, that matches.
    public CompletableFuture<CallEvent> await(Predicate<CallEvent> wanted) {
        return call.journal().await(wanted);
    }

    public CompletableFuture<CallEvent> await(CallEvent.Kind kind) {
        return await(event -> event.is(kind));
    }

    /// Every event from now on, on the call's event loop: do not block.
    public void onEvent(Consumer<CallEvent> listener) {
        call.journal().listen(listener);
    }

    /// @return done when the last word has been sent
    public CompletableFuture<Void> say(Clip clip) {
        return say(clip.mulaw());
    }

    public CompletableFuture<Void> say(byte[] mulaw) {
        return future((live, finished) -> {
            var spoken = new CompletableFuture<Void>();
            live.say(mulaw, spoken);
            pass(spoken.whenComplete((_, _) -> live.hearing.newTurn()), finished);
        });
    }

    /// Stops in the middle of a word.
    public void fallSilent() {
        run(live -> live.mouth.stop(new CallEnded("the caller fell silent")));
    }

    public CompletableFuture<Void> press(char digit) {
        return future((live, finished) -> {
            live.journal().add(CallEvent.Kind.KEY, String.valueOf(digit));
            MediaStream stream = live.stream();
            if (stream != null) {
                stream.press(digit);
            }
            finished.complete(null);
        });
    }

    public CompletableFuture<CallRecord> hangUp() {
        run(LiveCall::hangUp);
        return ended();
    }

    /// Until the caller has noticed something of the assistant's speech.
    CompletableFuture<Void> hears(Predicate<Hearing> until) {
        return future((live, finished) -> {
            if (live.isOver()) {
                finished.completeExceptionally(new CallEnded("call is over"));
                return;
            }
            pass(live.hearing.await(until), finished);
        });
    }

    /// Some of the call's own time; fails when the call ends before.
    CompletableFuture<Void> passes(Duration time) {
        long[] left = {time.toMillis() / 20};
        return hears(_ -> --left[0] < 0);
    }

    // Faults in the middle of a call.

    /// What the network does in this call when a stream's connection breaks without a close.
    public void whenLost(AfterLoss what) {
        run(live -> live.whenLost(what));
    }

    /// The stream's connection is gone, without `stop`; the caller is still there and hears nothing.
    public void cutWire() {
        run(live -> onStream(live, MediaStream::cut));
    }

    /// No media any more, the socket stays open: dead air.
    public void stallMedia() {
        run(live -> onStream(live, stream -> stream.sendsMedia(false)));
    }

    public void resumeMedia() {
        run(live -> onStream(live, stream -> stream.sendsMedia(true)));
    }

    /// Reads nothing from the stream, so that our server's socket fills up.
    public void stopReading() {
        run(live -> onStream(live, stream -> stream.reads(false)));
    }

    public void resumeReading() {
        run(live -> onStream(live, stream -> stream.reads(true)));
    }

    /// The next frames are lost; `chunk` and `timestamp` jump.
    public void loseFrames(int frames) {
        run(live -> onStream(live, stream -> stream.lose(frames)));
    }

    public void sendSecondStart() {
        run(live -> onStream(live, MediaStream::sendSecondStart));
    }

    /// Any text as a message on the stream.
    public void sendRaw(String text) {
        run(live -> onStream(live, stream -> stream.send(text)));
    }

    // What REST does to a live call; see TwilioRest.

    /// @return false when the call is over (21220)
    public CompletableFuture<Boolean> redirectTo(String url, String method) {
        return update(live -> {
            live.journal().add(CallEvent.Kind.REDIRECTED, url);
            live.runner().cancel();
            live.stopStream();
            live.runner().fetch(url, method, Map.of(), Signing.RIGHT);
        });
    }

    /// @return false when the call is over (21220)
    public CompletableFuture<Boolean> replaceTwiml(String twiml) {
        return update(live -> {
            live.journal().add(CallEvent.Kind.REDIRECTED, "(inline TwiML)");
            live.runner().cancel();
            live.stopStream();
            live.runner().run(twiml);
        });
    }

    /// @param status `completed` or `canceled`
    /// @return false when the call is over (21220)
    public CompletableFuture<Boolean> endByRest(String status) {
        return update(live -> live.end(status, "rest"));
    }

    private CompletableFuture<Boolean> update(Consumer<LiveCall> change) {
        var done = new CompletableFuture<Boolean>();
        run(live -> {
            boolean isLive = !live.isOver();
            if (isLive) {
                change.accept(live);
            }
            done.complete(isLive);
        });
        return done;
    }

    private static void onStream(LiveCall live, Consumer<MediaStream> action) {
        MediaStream stream = live.stream();
        if (stream != null) {
            action.accept(stream);
        }
    }

    private static void pass(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        var _ =
                from.whenComplete((_, failure) -> {
                    if (failure == null) {
                        to.complete(null);
                    } else {
                        to.completeExceptionally(failure);
                    }
                });
    }

    private CompletableFuture<Void> future(BiConsumer<LiveCall, CompletableFuture<Void>> action) {
        var finished = new CompletableFuture<Void>();
        run(live -> action.accept(live, finished));
        return finished;
    }

    private void run(Consumer<LiveCall> action) {
        context.runOnContext(_ -> action.accept(call));
    }
}
