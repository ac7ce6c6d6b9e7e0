package org.telephonystack.quarkus;

import org.telephonystack.model.settings.DatabaseUrl;
import org.telephonystack.model.settings.Environment;

import java.util.Map;

/// What a service tells Quarkus before it starts, having read its environment: as system properties, which win over files.
public final class Settings {

    private Settings() {}

    public static void setAll(Map<String, String> properties) {
        // Quarkus expands `${…}` in values; a password may hold such a thing.
        properties.forEach((name, value) -> System.setProperty(name, value.replace("$", "\\$")));
    }

    /// `${X:default}` takes a variable that is set to nothing for a value.
    public static void unlessBlank(
            Environment environment, String variable, String setting, String otherwise) {
        if (System.getenv(variable) != null && environment.value(variable).isEmpty()) {
            setAll(Map.of(setting, otherwise));
        }
    }

    /// Of the reactive client.
    public static Map<String, String> database(DatabaseUrl url) {
        return Map.of(
                "quarkus.datasource.reactive.url", url.reactive(),
                "quarkus.datasource.reactive.trust-all", String.valueOf(url.trustsAnyCertificate()),
                "quarkus.datasource.username", url.user(),
                "quarkus.datasource.password", url.password());
    }
}
