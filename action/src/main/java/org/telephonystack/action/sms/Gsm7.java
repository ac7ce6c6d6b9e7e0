package org.telephonystack.action.sms;

import java.text.Normalizer;
import java.util.Map;

/// The alphabet of a text that costs one segment per 160 characters (3GPP TS 23.038). One character outside it, an "í" or a
/// curly quote, makes the whole text UCS-2: 70 characters a segment.
public final class Gsm7 {

    private static final String BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                    + "abcdefghijklmnopqrstuvwxyzäöñüà";

    /// Each counts two.
    private static final String EXTENDED = "\f^{}\\[~]|€";

    private static final Map<Integer, String> LIKE =
            Map.ofEntries(
                    Map.entry((int) '‘', "'"),
                    Map.entry((int) '’', "'"),
                    Map.entry((int) '`', "'"),
                    Map.entry((int) '´', "'"),
                    Map.entry((int) '“', "\""),
                    Map.entry((int) '”', "\""),
                    Map.entry((int) '«', "\""),
                    Map.entry((int) '»', "\""),
                    Map.entry((int) '–', "-"),
                    Map.entry((int) '—', "-"),
                    Map.entry((int) '…', "..."),
                    Map.entry((int) 'ç', "c"),
                    Map.entry((int) 'ł', "l"),
                    Map.entry((int) 'Ł', "L"),
                    Map.entry((int) 'œ', "oe"),
                    Map.entry((int) 'ª', "a"),
                    Map.entry((int) 'º', "o"),
                    Map.entry((int) '·', "."),
                    Map.entry((int) '\u00a0', " "),
                    Map.entry((int) '\u202f', " "));

    private Gsm7() {}

    /// The same words in that alphabet: accents it does not have are left out, and so is what looks like nothing in it.
    public static String plain(String text) {
        var plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .forEach(c -> plain.append(plain(c)));
        return plain.toString();
    }

    private static String plain(int c) {
        if (isKnown(c)) {
            return Character.toString(c);
        }
        String like = LIKE.get(c);
        if (like != null) {
            return like;
        }
        return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD)
                .codePoints()
                .filter(Gsm7::isKnown)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isKnown(int c) {
        return BASIC.indexOf(c) >= 0 || EXTENDED.indexOf(c) >= 0;
    }

    /// How much of a segment it takes.
    ///
    /// @param text in that alphabet
    public static int length(String text) {
        return text.length() + (int) text.chars().filter(c -> EXTENDED.indexOf(c) >= 0).count();
    }
}
