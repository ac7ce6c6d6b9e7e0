package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.time.Duration;
import java.util.Optional;

/// What becomes of a call in which nothing is said any more: the caller is asked whether they are still there, asked once
/// more, and then left with a goodbye. And of one that does not end: it is announced that it must.
///
/// ```text
/// listening ── silence ──▶ asked once ── silence ──▶ asked twice ── silence ──▶ goodbye, heard: CALLER_SILENT
///     ▲                        │                          │
///     └──── a word, a key ─────┴──────────────────────────┘
/// ```
final class CallerSilence {

    /// A goodbye that cannot be said, because the caller goes on speaking, is not waited for any longer.
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private static final int PROMPTS = 2;

    private final CallPorts ports;
    private final CallTimers timers;
    private final CallSettings settings;
    private final ModelOrders model;
    private final ResponseSlot slot;
    private final Farewell farewell;

    private Duration left;
    private Optional<Runnable> onTooLong = Optional.empty();
    private CallTime.Timer length = () -> {};
    private int prompts;
    private boolean tooLong;
    private CallTime.Timer timer = () -> {};

    CallerSilence(
            CallPorts ports,
            CallTimers timers,
            CallSettings settings,
            ModelOrders model,
            ResponseSlot slot,
            Farewell farewell) {
        this.ports = ports;
        this.timers = timers;
        this.settings = settings;
        this.model = model;
        this.slot = slot;
        this.farewell = farewell;
        this.left = settings.longestCall();
    }

    /// The call is older than its stream.
    void lasted(Duration earlier) {
        left = settings.longestCall().minus(earlier);
        if (left.isNegative()) {
            left = Duration.ZERO;
        }
        watchLength();
    }

    /// The longest call counts from here, or from where it began on an earlier stream.
    ///
    /// @param whenQuiet has [#quiet] called if the moment is quiet
    void begin(Runnable whenQuiet, Runnable over) {
        onTooLong =
                Optional.of(() -> {
                    tooLong = true;
                    timers.after(LAST_WORDS, over);
                    whenQuiet.run();
                });
        watchLength();
    }

    private void watchLength() {
        length.cancel();
        onTooLong.ifPresent(task -> length = timers.after(left, task));
    }

    /// Nobody speaks and nothing is under way.
    ///
    /// @param unheardMillis of the assistant's words that are still being listened to
    void quiet(long unheardMillis) {
        timer.cancel();
        if (farewell.isUnderWay()) {
            farewell.onQuiet();
            return;
        }
        if (tooLong) {
            // A caller who speaks into it has not heard it: again, until the last words are over.
            sayGoodbye(
                    "This call has reached its longest time. Tell the caller in one or two sentences that you "
                            + "have to end the call now, and say goodbye.",
                    EndReason.ASSISTANT_ENDED);
            return;
        }
        timer = timers.after(settings.callerSilence().plusMillis(unheardMillis), this::onSilence);
    }

    void disturbed() {
        timer.cancel();
    }

    /// A sign of life.
    void callerIsThere() {
        prompts = 0;
        timer.cancel();
    }

    private void onSilence() {
        prompts++;
        ports.observer().on(new CallEvent.CallerSilent(prompts), ports.time().now());
        if (prompts > PROMPTS) {
            sayGoodbye(
                    "The caller still says nothing. Say in one sentence that you cannot hear them and that they are "
                            + "welcome to call again, and say goodbye.",
                    EndReason.CALLER_SILENT);
        } else {
            model.note(
                    "The caller has said nothing for a while. Ask in one short sentence whether they are still there.");
            slot.want(Purpose.WORDS_ONLY);
        }
    }

    private void sayGoodbye(String how, EndReason reason) {
        farewell.afterNextAnswer(reason);
        model.note(how);
        slot.want(Purpose.WORDS_ONLY);
    }
}
