package org.telephonystack.stream.call;

import java.util.Map;
import java.util.Optional;

/// The first words of a stream that goes on with a call: one short sentence that says what happened, in place of the
/// greeting.
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
