package org.telephonystack.stream.wiring;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Looks into the tests' database from outside of the service.
final class Database {

    private Database() {}

    static void run(String sql, Object... values) {
        query(sql, PreparedStatement::execute, values);
    }

    static long count(String sql, Object... values) {
        return query(
                sql,
                statement -> {
                    ResultSet rows = statement.executeQuery();
                    rows.next();
                    return rows.getLong(1);
                },
                values);
    }

    /// The text `null` where there is no row or no value.
    static String text(String sql, Object... values) {
        return query(
                sql,
                statement -> {
                    ResultSet rows = statement.executeQuery();
                    return rows.next() ? String.valueOf(rows.getString(1)) : "null";
                },
                values);
    }

    private interface Query<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private static <T> T query(String sql, Query<T> query, Object... values) {
        try (Connection connection = Surroundings.database().connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return query.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
