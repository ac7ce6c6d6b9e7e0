package org.telephonystack.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.settings.DatabaseUrl;

class SettingsTest {

    private static final String PASSWORD = "quarkus.datasource.password";

    @Test
    void aPasswordIsReadAsItWasWritten() {
        var url = DatabaseUrl.parse("postgresql://phone:pa$%7Bx%7Dy@db:5432/phone");
        try {
            Settings.setAll(Settings.database(url));

            assertThat(
                            new SmallRyeConfigBuilder()
                                    .addDefaultInterceptors()
                                    .addDefaultSources()
                                    .build()
                                    .getValue(PASSWORD, String.class))
                    .isEqualTo(url.password());
        } finally {
            Settings.database(url).keySet().forEach(System::clearProperty);
        }
    }
}
