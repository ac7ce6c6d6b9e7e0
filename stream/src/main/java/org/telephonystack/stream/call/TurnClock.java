package org.telephonystack.stream.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long the caller waits: from the end of their speech to the first audio sent, and to the first that was heard.
final class TurnClock {

    private final CallObserver observer;
    private final CallTime time;
    private final Instant callStarted;

    private int turns;
    private Optional<Instant> began = Optional.empty();
    private boolean sent;
    private boolean heard;
    private Optional<Duration> firstAudioOfCall = Optional.empty();

    TurnClock(CallObserver observer, CallTime time, Instant callStarted) {
        this.observer = observer;
        this.time = time;
        this.callStarted = callStarted;
    }

    void begin() {
        end(false);
        Instant now = time.now();
        began = Optional.of(now);
        sent = false;
        heard = false;
        observer.on(new CallEvent.TurnBegan(++turns), now);
    }

    void audioSent() {
        if (sent || began.isEmpty()) {
            return;
        }
        sent = true;
        Instant now = time.now();
        if (firstAudioOfCall.isEmpty()) {
            firstAudioOfCall = Optional.of(Duration.between(callStarted, now));
        }
        observer.on(new CallEvent.FirstAudioSent(Duration.between(began.get(), now)), now);
    }

    void audioHeard() {
        if (!sent || heard || began.isEmpty()) {
            return;
        }
        heard = true;
        Instant now = time.now();
        observer.on(new CallEvent.FirstAudioHeard(Duration.between(began.get(), now)), now);
    }

    void end(boolean interrupted) {
        if (began.isPresent()) {
            began = Optional.empty();
            observer.on(new CallEvent.TurnEnded(interrupted), time.now());
        }
    }

    /// When the caller had stopped speaking, for the turn that runs.
    Optional<Instant> began() {
        return began;
    }

    /// From `start` to the first audio sent to the caller.
    Optional<Duration> firstAudioOfCall() {
        return firstAudioOfCall;
    }
}
