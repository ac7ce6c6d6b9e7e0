package org.telephonystack.stream.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The words of one language for one purpose: `/<purpose>/<language>.txt` on the class path.
///
/// `[name]` begins a section, every other line is one entry of it; blank lines and lines with `#` in front are for people.
/// Patterns are read as [PlainWords] writes them, without accents, so that a transcript without them is understood too.
public final class LanguageFile {

    /// Languages that ship. One more is one more file for each purpose.
    public static final List<String> LANGUAGES = List.of("en", "es");

    private final String file;
    private final Map<String, List<String>> sections;

    private LanguageFile(String file, Map<String, List<String>> sections) {
        this.file = file;
        this.sections = sections;
    }

    public static LanguageFile load(String purpose, String language) {
        String file = "/" + purpose + "/" + language + ".txt";
        try (var stream = LanguageFile.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return new LanguageFile(
                    file, parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// @throws IllegalStateException where the file has no such section
    public List<String> section(String name) {
        return lines(name).stream().map(PlainWords::of).toList();
    }

    /// A section that is a sentence, as it is spoken: with its accents.
    public String text(String name) {
        return String.join(" ", lines(name));
    }

    private List<String> lines(String name) {
        List<String> lines = sections.get(name);
        if (lines == null) {
            throw new IllegalStateException(file + " has no section [" + name + "]");
        }
        return lines;
    }

    private static Map<String, List<String>> parse(String text) {
        var sections = new LinkedHashMap<String, List<String>>();
        List<String> current = new ArrayList<>();
        for (String raw : text.split("\n")) {
            String line = raw.strip();
            if (line.startsWith("[") && line.endsWith("]") && line.matches("\\[[a-z.-]+]")) {
                current = new ArrayList<>();
                sections.put(line.substring(1, line.length() - 1), current);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                current.add(line);
            }
        }
        return sections;
    }
}
