package org.telephonystack.model.settings;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// `DATABASE_URL` in the form every PostgreSQL tool takes: `postgresql://user:password@host:port/database?sslmode=require`.
///
/// @param query what stands after `?`, without it; may be empty
public record DatabaseUrl(
        String host, int port, String database, String user, String password, String query) {

    /// @throws IllegalArgumentException with what is missing; the text holds no part of the password
    public static DatabaseUrl parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "is no URL (are special characters in the password escaped?)");
        }
        if (!Set.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("must start with postgresql://");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        if (uri.getHost() == null || path.length() < 2) {
            throw new IllegalArgumentException(
                    "must name host and database (are special characters in the password escaped?)");
        }
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        if (user.isEmpty()) {
            throw new IllegalArgumentException("must name a user");
        }
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                path.substring(1),
                decoded(user),
                colon < 0 ? "" : decoded(userInfo.substring(colon + 1)),
                uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    /// For the reactive client: no credentials in it.
    public String reactive() {
        return "postgresql://" + host + ":" + port + "/" + database + suffix();
    }

    /// For Flyway: no credentials in it.
    public String jdbc() {
        return "jdbc:" + reactive();
    }

    /// Whether the server's certificate is not to be looked at. As in libpq and JDBC only `verify-ca` and `verify-full`
    /// look at it; the reactive client would for `require`, too, and refuse every server with a CA of its own (Supabase, RDS).
    public boolean trustsAnyCertificate() {
        return !query.contains("sslmode=verify-");
    }

    @Override
    public String toString() {
        return "postgresql://" + user + ":***@" + host + ":" + port + "/" + database;
    }

    private String suffix() {
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
