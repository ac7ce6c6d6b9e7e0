package org.telephonystack.stream.call.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// When models are withdrawn, as far as it was announced when this version was made (`models/shutdowns.txt`).
public final class ModelShutdowns {

    private static final String FILE = "/models/shutdowns.txt";

    private final Map<String, LocalDate> dates;

    public ModelShutdowns() {
        try (var stream = ModelShutdowns.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            this.dates =
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> line.split("\\s+"))
                            .collect(
                                    Collectors.toMap(
                                            line -> line[0], line -> LocalDate.parse(line[1])));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    public Optional<LocalDate> of(String model) {
        return Optional.ofNullable(dates.get(model));
    }
}
