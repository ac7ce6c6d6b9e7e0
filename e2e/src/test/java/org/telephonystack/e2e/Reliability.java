package org.telephonystack.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What faults cost callers, in this run: printed, and kept as a table for the README.
final class Reliability {

    private static final Path TABLE = Path.of("target", "reliability.md");
    private static final Map<String, String> ROWS = new TreeMap<>();

    private Reliability() {}

    /// @param fault its letter first: that is the order of the table
    /// @param waits in milliseconds, from the loss of the stream to the assistant's next sound; empty where nobody waited
    static synchronized void note(String fault, int calls, String cameTo, List<Long> waits) {
        String row =
                "| "
                        + fault.substring(fault.indexOf(' ') + 1)
                        + " | "
                        + calls
                        + " | "
                        + cameTo
                        + " | "
                        + percentile(waits, 0.5)
                        + " | "
                        + percentile(waits, 0.99)
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

    private static String percentile(List<Long> waits, double share) {
        if (waits.isEmpty()) {
            return "none";
        }
        List<Long> sorted = waits.stream().sorted().toList();
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return String.format(Locale.ROOT, "%.1f s", sorted.get(Math.max(0, index)) / 1000.0);
    }
}
