package org.telephonystack.stream.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

import org.telephonystack.model.settings.Console;
import org.telephonystack.model.settings.DatabaseUrl;
import org.telephonystack.model.settings.Environment;

import java.util.List;
import java.util.Map;

/// Starts the service. The environment is checked before Quarkus starts: one line a problem on stderr, exit code 2.
@QuarkusMain
public final class StreamMain {

    private static final int BAD_ENVIRONMENT = 2;

    private StreamMain() {}

    public static void main(String... args) {
        Console.speakUtf8();
        var environment = new Environment(System.getenv());
        StreamEnvironment.hints(environment).forEach(System.err::println);
        List<String> problems = StreamEnvironment.check(environment).problems();
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(BAD_ENVIRONMENT);
        }
        setAll(environment.stripped());
        // `${X:default}` takes a variable that is set to nothing for a value.
        unlessBlank(
                environment,
                "STREAM_PUBLIC_URL",
                "telephony.stream.public-url",
                environment.value("PUBLIC_BASE_URL").orElse(""));
        unlessBlank(
                environment,
                "OPENAI_BASE_URL",
                "telephony.model.base-url",
                "https://api.openai.com/v1");
        environment
                .value("DATABASE_URL")
                .map(DatabaseUrl::parse)
                .map(StreamMain::datasource)
                .ifPresent(StreamMain::setAll);
        Quarkus.run(args);
    }

    private static void unlessBlank(
            Environment environment, String variable, String setting, String otherwise) {
        if (System.getenv(variable) != null && environment.value(variable).isEmpty()) {
            setAll(Map.of(setting, otherwise));
        }
    }

    private static Map<String, String> datasource(DatabaseUrl url) {
        return Map.of(
                "quarkus.datasource.reactive.url", url.reactive(),
                "quarkus.datasource.reactive.trust-all", String.valueOf(url.trustsAnyCertificate()),
                "quarkus.datasource.username", url.user(),
                "quarkus.datasource.password", url.password());
    }

    private static void setAll(Map<String, String> properties) {
        // Quarkus expands `${…}` in values; a password may hold such a thing.
        properties.forEach((name, value) -> System.setProperty(name, value.replace("$", "\\$")));
    }
}
