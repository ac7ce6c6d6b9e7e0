package org.telephonystack.simulator.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Everything that the services ask of an embedded PostgreSQL, one statement a line: what a release asks, so that the schema of the next
/// one can be tested with it. Written by a PostgreSQL that was started with `-Dtelephony.postgres.statements=FOLDER`.
final class SqlLog {

    private static final Pattern STATEMENT =
            Pattern.compile("(?:execute [^:]*|statement): (.*)", Pattern.DOTALL);
    private static final Set<String> NO_QUESTION = Set.of("BEGIN", "COMMIT", "ROLLBACK");

    private SqlLog() {}

    static List<String> settings(Path folder, int port) {
        return Stream.of(
                        "log_statement=all",
                        "log_destination=jsonlog",
                        "logging_collector=on",
                        "log_parameter_max_length=0",
                        "log_directory=" + folder.toAbsolutePath(),
                        "log_filename=" + port + ".log")
                .flatMap(setting -> Stream.of("-c", setting))
                .toList();
    }

    /// Prints the statements of all services in a folder, each once.
    static void main(String[] arguments) throws IOException {
        var json = new ObjectMapper();
        var statements = new TreeSet<String>();
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path file :
                    files.filter(it -> it.getFileName().toString().endsWith(".json")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    // The last line of a server that was killed may be half a line.
                    if (line.endsWith("}")) {
                        statements.addAll(statements(json.readTree(line)));
                    }
                }
            }
        }
        statements.forEach(System.out::println);
    }

    private static List<String> statements(JsonNode line) {
        Matcher found = STATEMENT.matcher(line.path("message").asText());
        if (!found.matches()
                || !line.path("application_name").asText().equals("vertx-pg-client")
                || NO_QUESTION.contains(found.group(1))) {
            return List.of();
        }
        String text = found.group(1).replaceAll("\\s+", " ").trim().replaceAll(";$", "");
        // Without parameters there may be several.
        return text.contains("$") ? List.of(text) : List.of(text.split("; "));
    }
}
