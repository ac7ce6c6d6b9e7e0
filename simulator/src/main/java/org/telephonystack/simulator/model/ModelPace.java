package org.telephonystack.simulator.model;

import java.time.Duration;

/// How fast the model answers.
///
/// @param untilFirstSound from the response's creation to its first piece of sound; a real model takes 300 to 800 ms
/// @param betweenPieces pieces hold 20 to 500 ms of sound each, so that an answer is there long before it is heard
public record ModelPace(Duration untilFirstSound, Duration betweenPieces) {

    /// For tests: nobody waits for thinking.
    public static ModelPace quick() {
        return new ModelPace(Duration.ofMillis(10), Duration.ofMillis(5));
    }

    /// As a good day of the real service.
    public static ModelPace lifelike() {
        return new ModelPace(Duration.ofMillis(300), Duration.ofMillis(25));
    }
}
