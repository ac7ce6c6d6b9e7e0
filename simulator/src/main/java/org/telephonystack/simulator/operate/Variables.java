package org.telephonystack.simulator.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The environment as a service would see it: this process's, with a file's values over it.
///
/// @param all blanks around values are gone; what is blank is not there
record Variables(Map<String, String> all) {

    Variables {
        var kept = new HashMap<String, String>();
        all.forEach((name, value) -> {
            if (!value.isBlank()) {
                kept.put(name, value.strip());
            }
        });
        all = Map.copyOf(kept);
    }

    /// @param file lines `NAME=value`, as docker compose and shells read them: `export` in front, quotes around the value
    ///     and lines that begin with `#` are taken
    static Variables of(Map<String, String> environment, Optional<Path> file) throws IOException {
        var all = new HashMap<>(environment);
        if (file.isPresent()) {
            all.putAll(parse(Files.readString(file.get())));
        }
        return new Variables(all);
    }

    static Map<String, String> parse(String text) {
        var found = new LinkedHashMap<String, String>();
        text.lines()
                .map(line -> line.strip().replaceFirst("^export\\s+", ""))
                .filter(line -> !line.startsWith("#") && line.indexOf('=') > 0)
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    found.put(line.substring(0, equals).strip(), value(line.substring(equals + 1)));
                });
        return found;
    }

    private static String value(String text) {
        String value = text.strip();
        for (String quote : new String[] {"\"", "'"}) {
            int end = value.indexOf(quote, 1);
            if (value.startsWith(quote) && end > 0) {
                return value.substring(1, end);
            }
        }
        return value.replaceFirst("\\s+#.*$", "");
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(all.get(name));
    }

    String get(String name, String otherwise) {
        return get(name).orElse(otherwise);
    }

    /// The first that is not there.
    Optional<String> missing(String... names) {
        for (String name : names) {
            if (get(name).isEmpty()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /// Without the slashes at its end: where Twilio reaches a service of ours.
    Optional<String> publicUrl(String service) {
        return get(service + "_PUBLIC_URL")
                .or(() -> get("PUBLIC_BASE_URL"))
                .map(url -> url.replaceFirst("/+$", ""));
    }

    /// Values are secrets.
    @Override
    public String toString() {
        return "Variables" + all.keySet();
    }
}
