package org.telephonystack.stream.call;

import java.time.Duration;

/// The caller's voice on its way to the model, without holes.
///
/// The model counts the sound it gets, not the time that passes: a caller whose last word is followed by nothing at all
/// (packets lost, a stream that stalls) never stops speaking, and is never answered. What is missing is filled with silence:
/// holes by Twilio's clock, and a second of it when nothing has come for a while in the middle of the caller's speech.
final class CallerVoice {

    private static final long SHORTEST_HOLE_MILLIS = 60;
    private static final long LONGEST_FILL_MILLIS = 10_000;
    private static final Duration STALL = Duration.ofMillis(750);
    private static final long STALL_FILL_MILLIS = 1_000;

    /// The µ-law of silence is 0xFF, three of them are `////`, 24 of them last 3 ms.
    private static final int CHARS_PER_3_MILLIS = 32;

    private static final int PIECE_MILLIS = 498;
    private static final String SILENCE = "/".repeat(PIECE_MILLIS / 3 * CHARS_PER_3_MILLIS);

    private final CallPorts ports;
    private final CallTimers timers;
    private final ModelOrders model;
    private boolean began;
    private boolean cameSinceLastLook;
    private long endsAtMillis;
    private CallTime.Timer watch = () -> {};

    CallerVoice(CallPorts ports, CallTimers timers, ModelOrders model) {
        this.ports = ports;
        this.timers = timers;
        this.model = model;
    }

    /// @param timestampMillis where this piece belongs, by Twilio's clock
    void pass(String text, int from, int to, long timestampMillis) {
        if (began && timestampMillis - endsAtMillis >= SHORTEST_HOLE_MILLIS) {
            fill(Math.min(timestampMillis - endsAtMillis, LONGEST_FILL_MILLIS));
        }
        model.hear(text, from, to);
        began = true;
        cameSinceLastLook = true;
        endsAtMillis =
                timestampMillis + Base64Audio.bytes(text, from, to) / Base64Audio.BYTES_PER_MILLI;
    }

    /// From now on a silent line means that the end of the caller's sentence is missing.
    void speechStarted() {
        look();
    }

    void speechStopped() {
        watch.cancel();
    }

    private void look() {
        watch.cancel();
        cameSinceLastLook = false;
        watch = timers.after(STALL, this::onLook);
    }

    private void onLook() {
        if (!cameSinceLastLook) {
            fill(STALL_FILL_MILLIS);
            // What comes late after all is not filled a second time.
            endsAtMillis += STALL_FILL_MILLIS;
        }
        look();
    }

    private void fill(long millis) {
        for (long left = millis; left >= 3; left -= PIECE_MILLIS) {
            int piece = (int) Math.min(left, PIECE_MILLIS);
            model.hear(SILENCE, 0, piece / 3 * CHARS_PER_3_MILLIS);
        }
        ports.observer().on(new CallEvent.SilenceFilled(millis), ports.time().now());
    }
}
