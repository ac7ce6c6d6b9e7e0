package org.telephonystack.simulator.model;

/// One response of the model and when things happened, by `System.nanoTime()`.
///
/// @param heard what the caller said, empty for a response nobody spoke before
/// @param askedNanos the caller's speech was found to have stopped, or the client asked for the response
/// @param firstAudioNanos the first piece of sound was sent; 0 when none was
/// @param status `in_progress`, `completed`, `cancelled`, `incomplete` or `failed`
public record ModelTurn(
        String responseId,
        String heard,
        String said,
        long askedNanos,
        long firstAudioNanos,
        String status) {

    ModelTurn withSound(long nanos) {
        return new ModelTurn(responseId, heard, said, askedNanos, nanos, status);
    }

    ModelTurn ended(String text, String finalStatus) {
        return new ModelTurn(responseId, heard, text, askedNanos, firstAudioNanos, finalStatus);
    }
}
