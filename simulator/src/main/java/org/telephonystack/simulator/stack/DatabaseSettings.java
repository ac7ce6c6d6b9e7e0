package org.telephonystack.simulator.stack;

import java.nio.file.Path;
import java.util.Optional;

/// How an [EmbeddedDatabase] is started.
///
/// @param folder holds the data
/// @param port 0 for any
/// @param timeZone of sessions that name none
/// @param durable whether what is committed survives a crash of the machine; costs time
/// @param deletedAtEnd whether the data goes with the server
/// @param user empty for the first way that works
public record DatabaseSettings(
        Path folder,
        int port,
        String timeZone,
        boolean durable,
        boolean deletedAtEnd,
        Optional<RunAs> user) {

    /// Half an hour off, so that a mixed-up zone cannot hide behind whole hours or behind UTC.
    private static final String TIME_ZONE_OF_TESTS = "Asia/Kolkata";

    public static DatabaseSettings forTests(Path folder) {
        return new DatabaseSettings(folder, 0, TIME_ZONE_OF_TESTS, false, false, Optional.empty());
    }

    /// For data that is to stay.
    public static DatabaseSettings lasting(Path folder) {
        return new DatabaseSettings(folder, 0, "UTC", true, false, Optional.empty());
    }

    public DatabaseSettings withPort(int port) {
        return new DatabaseSettings(folder, port, timeZone, durable, deletedAtEnd, user);
    }

    public DatabaseSettings withTimeZone(String timeZone) {
        return new DatabaseSettings(folder, port, timeZone, durable, deletedAtEnd, user);
    }

    public DatabaseSettings withDeletedAtEnd() {
        return new DatabaseSettings(folder, port, timeZone, durable, true, user);
    }

    DatabaseSettings withUser(RunAs user) {
        return new DatabaseSettings(
                folder, port, timeZone, durable, deletedAtEnd, Optional.of(user));
    }
}
