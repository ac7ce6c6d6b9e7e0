package org.telephonystack.simulator.stack;

import java.nio.file.Files;

/// Started as a process of its own by [EmbeddedDatabaseTest], as another user or with another `PATH`.
final class DatabaseTrial {

    private DatabaseTrial() {}

    public static void main(String[] arguments) throws Exception {
        try (var database = EmbeddedDatabase.temporary();
                var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("create table works as select 1 as one");
            System.out.println(
                    "it works, server run by " + Files.getOwner(database.folder().resolve("data")));
        }
    }
}
