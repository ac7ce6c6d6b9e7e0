package org.telephonystack.stream.call;

import java.util.Optional;

/// Sentences recorded beforehand, for the moments in which no model can speak.
@FunctionalInterface
public interface Clips {

    /// base64 of µ-law, 8 kHz, mono, without a header; empty where nothing is recorded.
    ///
    /// @param language ISO 639-1; where it is empty, or nothing is recorded in it, English
    Optional<String> sound(Clip clip, Optional<String> language);

    enum Clip {
        /// "One moment, please."
        ONE_MOMENT
    }
}
