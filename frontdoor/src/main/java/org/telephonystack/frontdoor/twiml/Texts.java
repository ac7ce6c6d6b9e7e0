package org.telephonystack.frontdoor.twiml;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/// The sentences Twilio speaks for us, in one language. They are data: `texts/<language>.properties`.
///
/// @param language Twilio's tag for `<Say>`: `en-US`
/// @param voice of `<Say>`; empty for the usual one
public record Texts(
        String language,
        Optional<String> voice,
        String apology,
        String textFollows,
        String callAgain,
        String connecting,
        String voicemail,
        String thanks,
        String allBusy) {

    /// @param language the name of the file: `en`, `es`
    /// @throws IllegalArgumentException where there is no such file, or it lacks a sentence
    public static Texts in(String language, Optional<String> voice) {
        var texts = new Properties();
        String file = "texts/" + language + ".properties";
        try (InputStream in = Texts.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "telephony.language: there are no texts in '"
                                + language
                                + "', only en, es");
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Texts(
                required(texts, "language", file),
                voice,
                required(texts, "apology", file),
                required(texts, "text-follows", file),
                required(texts, "call-again", file),
                required(texts, "connecting", file),
                required(texts, "voicemail", file),
                required(texts, "thanks", file),
                required(texts, "all-busy", file));
    }

    Twiml.Say say(String... sentences) {
        return new Twiml.Say(String.join(" ", sentences), language, voice);
    }

    private static String required(Properties texts, String key, String file) {
        String text = texts.getProperty(key, "");
        if (text.isBlank()) {
            throw new IllegalArgumentException(file + " lacks '" + key + "'");
        }
        return text;
    }
}
