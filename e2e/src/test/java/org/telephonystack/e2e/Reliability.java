package org.telephonystack.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What faults cost callers, in this run: printed, and kept as a table for the README.
final class Reliability {

    private static final Path TABLE = Path.of("target", "reliability.md");
    private static final Map<String, String> ROWS = new TreeMap<>();

    private Reliability() {}

    /// @param fault its letter first: that is the order of the table
    /// @param waits from the loss to the assistant's next sound
    static synchronized void note(String fault, int calls, String cameTo, Waits waits) {
        String row =
                "| "
                        + fault.substring(fault.indexOf(' ') + 1)
                        + " | "
                        + calls
                        + " | "
                        + cameTo
                        + " | "
                        + waits.percentile(0.5)
                        + " | "
                        + waits.percentile(0.99)
                        + " |";
        ROWS.put(fault, row);
        System.out.println("[Reliability] " + row);
        write();
    }

    private static void write() {
        String table =
                """
                | fault | calls | what became of them | silence, half of the callers | silence, 99 % |
                |---|---|---|---|---|
                """
                        + ROWS.values().stream().collect(Collectors.joining("\n", "", "\n"));
        try {
            Files.createDirectories(TABLE.toAbsolutePath().getParent());
            Files.writeString(TABLE, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
