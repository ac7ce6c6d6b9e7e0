package org.telephonystack.simulator.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Where one database answers, in the forms its different readers want. User and password need no escaping.
public record DatabaseAddress(
        String host, int port, String database, String user, String password) {

    /// The form of `DATABASE_URL`.
    public String url() {
        return "postgresql://%s:%s@%s:%d/%s".formatted(user, password, host, port, database);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
                .formatted(host, port, database, user, password);
    }

    /// Gives up after some seconds where nobody answers.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl() + "&connectTimeout=5&loginTimeout=5");
    }

    @Override
    public String toString() {
        return "%s:%d/%s".formatted(host, port, database);
    }
}
