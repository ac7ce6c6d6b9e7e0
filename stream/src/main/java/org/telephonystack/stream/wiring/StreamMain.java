package org.telephonystack.stream.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

import org.telephonystack.model.settings.Console;
import org.telephonystack.model.settings.DatabaseUrl;
import org.telephonystack.model.settings.Environment;
import org.telephonystack.quarkus.Settings;

import java.util.ArrayList;

/// Starts the service. The environment is checked before Quarkus starts: one line a problem on stderr, exit code 2.
@QuarkusMain
public final class StreamMain {

    private static final int BAD_ENVIRONMENT = 2;

    private StreamMain() {}

    public static void main(String... args) {
        Console.speakUtf8();
        var environment = new Environment(System.getenv());
        StreamEnvironment.hints(environment).forEach(System.err::println);
        var problems = new ArrayList<>(StreamEnvironment.check(environment).problems());
        problems.addAll(StreamRanges.ALL.problems());
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(BAD_ENVIRONMENT);
        }
        Settings.setAll(environment.stripped());
        Settings.unlessBlank(
                environment,
                "STREAM_PUBLIC_URL",
                "telephony.stream.public-url",
                environment.value("PUBLIC_BASE_URL").orElse(""));
        Settings.unlessBlank(
                environment,
                "OPENAI_BASE_URL",
                "telephony.model.base-url",
                "https://api.openai.com/v1");
        environment
                .value("DATABASE_URL")
                .map(DatabaseUrl::parse)
                .map(Settings::database)
                .ifPresent(Settings::setAll);
        Quarkus.run(args);
    }
}
