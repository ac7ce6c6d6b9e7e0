package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

import java.util.Map;
import java.util.Optional;

/// A stream that goes on with a call: whether there is anything to go on with, and its first words, one short sentence that
/// says what happened, in place of the greeting.
final class TakingUp {

    private static final Map<String, String> SENTENCES =
            Map.of(
                    "en", "I'm sorry, the line dropped for a moment.",
                    "es", "Lo siento, la llamada se cortó un momento.",
                    "de", "Entschuldigung, die Verbindung war kurz weg.",
                    "fr", "Désolé, la ligne a été coupée un instant.",
                    "it", "Mi scusi, la linea è caduta per un momento.",
                    "pt", "Desculpe, a ligação caiu por um momento.");

    private TakingUp() {}

    /// Whether a call that ended so on an earlier stream is over. Who asks what comes after a stream may have found nobody,
    /// and has connected again to be on the safe side: then the end that was planned is only late.
    static boolean isOver(EndReason earlierEnd) {
        return switch (earlierEnd) {
            case ASSISTANT_ENDED, CALLER_SILENT, TRANSFER, VOICEMAIL -> true;
            // Who is connected again has not hung up: a redirect looks like that.
            case CALLER_HUNG_UP -> false;
            case HANDED_OVER, CALLER_LEG_LOST, PROTOCOL_ERROR, BUG -> false;
            // Another process may find a model.
            case MODEL_LOST, MODEL_REFUSED, MODEL_SILENT -> false;
        };
    }

    /// @param language ISO 639-1 of the business
    /// @param isKnown whether what was said before stands in the conversation
    static String firstWords(Optional<String> language, boolean isKnown) {
        String sentence =
                language.map(SENTENCES::get)
                        .map(known -> "Say exactly this: \"" + known + "\"")
                        .orElse(
                                "Say in the language of the business: \""
                                        + SENTENCES.get("en")
                                        + "\"");
        String then =
                isKnown
                        ? " Then go on where the conversation above stopped, in one short sentence: if the caller's last words "
                                + "were not answered, answer them; else say again what you were waiting for."
                        : " Then ask in one short sentence how you can help: what was said before is not known to you.";
        return "The telephone line was cut off and is back. "
                + sentence
                + then
                + " Do not greet, and do not introduce yourself again.";
    }
}
