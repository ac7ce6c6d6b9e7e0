package org.telephonystack.stream.call;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// Caller audio that a connection did not take. A slow one drops fifty frames a second, just when there is no time for it: told at
/// once, then once a second at most, the rest at the end of the call.
final class DroppedAudio {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CallTime time;
    private final Consumer<CallEvent> observer;
    private Instant mayTell = Instant.MIN;
    private long untoldMillis;

    DroppedAudio(CallTime time, Consumer<CallEvent> observer) {
        this.time = time;
        this.observer = observer;
    }

    void add(long millis) {
        untoldMillis += millis;
        Instant now = time.now();
        if (!now.isBefore(mayTell)) {
            mayTell = now.plus(PAUSE);
            tell();
        }
    }

    void tell() {
        if (untoldMillis > 0) {
            observer.accept(new CallEvent.CallerAudioDropped(untoldMillis));
            untoldMillis = 0;
        }
    }
}
