package org.telephonystack.stream.language;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// A text as it is compared: small accents gone, one kind of apostrophe, one blank at a time. Case is left to the patterns.
public final class PlainWords {

    private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private PlainWords() {}

    public static String of(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        String plain = ACCENTS.matcher(apart).replaceAll("").replace('’', '\'').replace('‘', '\'');
        return BLANKS.matcher(plain).replaceAll(" ").strip();
    }

    /// A pattern of a [LanguageFile], whatever the case.
    public static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
