package org.telephonystack.action.tool;

import org.telephonystack.action.business.Business;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The words of one language, as data: `scripts/<language>.properties`. A language without a file is spoken in English.
final class Script {

    private static final Script ENGLISH = load("en", Locale.US);
    private static final Script SPANISH = load("es", Locale.of("es", "ES"));

    private final Properties words;
    private final Locale locale;

    private Script(Properties words, Locale locale) {
        this.words = words;
        this.locale = locale;
    }

    static Script of(Business business) {
        return of(business.profile().language());
    }

    /// Before any business is known, English.
    static Script of(Optional<Business> business) {
        return business.map(Script::of).orElse(ENGLISH);
    }

    /// @param languageTag such as `en` or `es-MX`
    static Script of(String languageTag) {
        return switch (Locale.forLanguageTag(languageTag).getLanguage()) {
            case "es" -> SPANISH;
            default -> ENGLISH;
        };
    }

    /// @param values by the names in braces
    String say(Phrase phrase, Map<String, String> values) {
        String sentence = word(phrase.key());
        for (var value : values.entrySet()) {
            sentence = sentence.replace("{" + value.getKey() + "}", value.getValue());
        }
        return sentence;
    }

    String say(Phrase phrase) {
        return say(phrase, Map.of());
    }

    /// "Tuesday, November 24 at 3 PM". One o'clock is singular in Spanish.
    String moment(Instant moment, ZoneId zone) {
        var local = moment.atZone(zone);
        String hour = local.getHour() == 1 ? "moment.one" : "moment";
        String pattern = local.getMinute() == 0 ? hour + ".full-hour" : hour;
        return local.format(DateTimeFormatter.ofPattern(word(pattern), locale));
    }

    /// "Tuesday, November 24".
    String day(LocalDate day) {
        return day.format(DateTimeFormatter.ofPattern(word("day"), locale));
    }

    /// "cleaning, checkup or whitening".
    String anyOf(List<String> things) {
        return list(things, word("list.or"));
    }

    /// "cleaning, checkup and whitening".
    String allOf(List<String> things) {
        return list(things, word("list.and"));
    }

    private static String list(List<String> things, String conjunction) {
        if (things.size() < 2) {
            return String.join("", things);
        }
        int last = things.size() - 1;
        return String.join(", ", things.subList(0, last))
                + " "
                + conjunction
                + " "
                + things.get(last);
    }

    private String word(String key) {
        String word = words.getProperty(key);
        if (word == null) {
            throw new IllegalStateException("no words for " + key + " in " + locale);
        }
        return word;
    }

    private static Script load(String language, Locale locale) {
        String file = "/scripts/" + language + ".properties";
        var words = new Properties();
        try (var stream = Script.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            words.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return new Script(words, locale);
    }
}
