package org.telephonystack.stream.emergency;

import org.telephonystack.stream.language.LanguageFile;
import org.telephonystack.stream.language.PlainWords;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Hears emergencies in what a caller says. One for the process, immutable.
///
/// Every language is listened for, and the line comes in the language the caller used. A line said needlessly costs a few
/// seconds; all the same the dog that ate something, the heart attack of last year and the emergency appointment are none.
public final class Emergencies {

    private final List<OneLanguage> languages;

    /// @param number what to call where the business is; empty: the usual one of the language (911, 112)
    public Emergencies(Optional<String> number) {
        this.languages =
                LanguageFile.LANGUAGES.stream()
                        .map(language ->
                                new OneLanguage(LanguageFile.load("emergency", language), number))
                        .toList();
    }

    /// @param said by the caller, as it was written down
    /// @return what the caller must be told, word for word; empty: no emergency
    public Optional<String> of(String said) {
        String plain = PlainWords.of(said);
        return languages.stream()
                .filter(language -> language.isEmergency(plain))
                .findFirst()
                .map(OneLanguage::line);
    }

    private static final class OneLanguage {

        private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?;])\\s+|(?=¿)");

        private final Pattern words;
        private final Pattern not;
        private final String line;

        OneLanguage(LanguageFile file, Optional<String> number) {
            this.words = anyOf(file, "words");
            this.not = anyOf(file, "not");
            this.line =
                    file.text("line")
                            .replace("{number}", number.orElseGet(() -> file.text("number")));
        }

        boolean isEmergency(String plain) {
            return SENTENCE_END
                    .splitAsStream(plain)
                    .anyMatch(sentence ->
                            words.matcher(sentence).find() && !not.matcher(sentence).find());
        }

        String line() {
            return line;
        }

        private static Pattern anyOf(LanguageFile file, String section) {
            return PlainWords.pattern("(?:" + String.join("|", file.section(section)) + ")");
        }
    }
}
