package org.telephonystack.stream.call;

import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.util.Optional;

/// What a lost connection to the model interrupted, and what the next model is told of it.
///
/// @param owed the answer the caller is waiting for
/// @param brokeOff the caller has heard the beginning of it
/// @param callerSpoke into a connection that did not hear the end of it, or may have
/// @param wordsLost what the caller said last is not written down
record Outage(Optional<Purpose> owed, boolean brokeOff, boolean callerSpoke, boolean wordsLost) {

    static final Outage NONE = new Outage(Optional.empty(), false, false, false);

    static final String WORDS_LOST =
            "The line to you broke, and what the caller may have said last was lost. Tell them in one short sentence that you did "
                    + "not catch that, and ask them to say it again. Do not greet.";

    static final String SAY_GOODBYE =
            "You were about to say goodbye when the line to you broke: say goodbye now, in one short sentence.";

    static final String ANNOUNCE =
            "You were about to hand the caller on, as our system told you, when the line to you broke: say now in one short sentence "
                    + "that you do, and nothing else.";

    private static final String BROKE_OFF =
            "The line to you broke while you were answering. The caller has heard your words above and no more: go on from "
                    + "there, finish what you were saying or doing, and repeat nothing. Do not greet.";

    /// Empty where nothing is to be explained.
    Optional<String> explanation() {
        if (owed.isEmpty()) {
            return Optional.empty();
        }
        if (brokeOff) {
            return Optional.of(BROKE_OFF);
        }
        return wordsLost ? Optional.of(WORDS_LOST) : Optional.empty();
    }

    boolean isSilenceOwed() {
        return owed.isPresent() || callerSpoke;
    }
}
