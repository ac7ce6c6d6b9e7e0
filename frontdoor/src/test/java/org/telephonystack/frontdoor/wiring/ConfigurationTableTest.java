package org.telephonystack.frontdoor.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `docs/configuration.md` names every setting of all three services with its default, and no other.
class ConfigurationTableTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(telephony\\.[a-z.-]+)` \\| .+ \\| (?:`(.+)`|—) \\|$");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"(.+)\"\\)");
    private static final Pattern NESTED =
            Pattern.compile("(?ms)^    interface (\\w+) \\{\n(.*?)^    }");
    private static final Pattern SETTING =
            Pattern.compile(
                    "(?:@WithDefault\\(\"([^\"]*)\"\\)\\s+)?([A-Z][\\w<>.]*|int|boolean|double|long) (\\w+)\\(\\);");
    private static final Pattern FROM_ENVIRONMENT =
            Pattern.compile("(?m)^(telephony\\.[a-z.-]+)=\\$\\{");

    @Test
    void theTableNamesEverySettingWithItsDefault() throws IOException {
        String table = Files.readString(ROOT.resolve("docs/configuration.md"));
        var documented = new TreeMap<String, String>();
        ROW.matcher(table).results().forEach(row -> documented.put(row.group(1), orNone(row, 2)));

        assertThat(documented)
                .as("docs/configuration.md: a row `| key | meaning | default |` for each setting")
                .containsExactlyInAnyOrderEntriesOf(mapped());
    }

    /// A 0 that nobody thought of breaks calls and not the start.
    @Test
    void everyNumberAndDurationHasARange() throws IOException {
        var ranges = new StringBuilder();
        for (String service : List.of("frontdoor", "stream", "action")) {
            Path folder = ROOT.resolve(service).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(it -> it.toString().endsWith("Ranges.java")).toList()) {
                    ranges.append(Files.readString(file));
                }
            }
        }

        assertThat(mapped())
                .allSatisfy((name, standard) -> {
                    if (standard.matches("-?[0-9.]+([a-z]+)?")) {
                        assertThat(ranges).contains('"' + name + '"');
                    }
                });
    }

    private static Map<String, String> mapped() throws IOException {
        var settings = new TreeMap<String, String>();
        for (String module : List.of("shared-quarkus", "frontdoor", "stream", "action")) {
            Path main = ROOT.resolve(module).resolve("src/main");
            try (Stream<Path> files = Files.walk(main.resolve("java"))) {
                for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    add(Files.readString(file), settings);
                }
            }
            Path properties = main.resolve("resources/application.properties");
            if (Files.exists(properties)) {
                FROM_ENVIRONMENT
                        .matcher(Files.readString(properties))
                        .results()
                        .forEach(it -> settings.remove(it.group(1)));
            }
        }
        return settings;
    }

    private static void add(String source, Map<String, String> settings) {
        var prefix = PREFIX.matcher(source);
        if (!prefix.find()) {
            return;
        }
        String body = source.substring(prefix.end());
        Map<String, String> groups =
                NESTED.matcher(body)
                        .results()
                        .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
        SETTING.matcher(NESTED.matcher(body).replaceAll(""))
                .results()
                .forEach(it -> add(prefix.group(1), it, groups, settings));
    }

    private static void add(
            String prefix,
            MatchResult setting,
            Map<String, String> groups,
            Map<String, String> settings) {
        String key = prefix + "." + kebab(setting.group(3));
        String group = groups.get(setting.group(2));
        if (group == null) {
            settings.put(key, orNone(setting, 1));
        } else {
            SETTING.matcher(group).results().forEach(it -> add(key, it, Map.of(), settings));
        }
    }

    private static String orNone(MatchResult match, int group) {
        return match.group(group) == null ? "none" : match.group(group);
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
