package org.telephonystack.stream.clip;

import org.telephonystack.stream.call.Clips;
import org.telephonystack.stream.language.LanguageFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The clips that ship with the service, read once at start: when they are needed, nothing may fail any more.
public final class RecordedClips implements Clips {

    private static final String ENGLISH = "en";

    private final Map<Clip, Map<String, String>> sounds = new EnumMap<>(Clip.class);

    /// @throws IllegalStateException where one is missing
    public RecordedClips() {
        for (Clip clip : Clip.values()) {
            var byLanguage = new HashMap<String, String>();
            LanguageFile.LANGUAGES.forEach(
                    language -> byLanguage.put(language, read(clip, language)));
            sounds.put(clip, byLanguage);
        }
    }

    @Override
    public Optional<String> sound(Clip clip, Optional<String> language) {
        Map<String, String> recorded = Objects.requireNonNull(sounds.get(clip));
        return language.map(recorded::get).or(() -> Optional.ofNullable(recorded.get(ENGLISH)));
    }

    private static String read(Clip clip, String language) {
        String word = clip.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String file = "/clips/" + word + "." + language + ".ulaw";
        try (var stream = RecordedClips.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return Base64.getEncoder().encodeToString(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
