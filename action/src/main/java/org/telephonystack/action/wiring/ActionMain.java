package org.telephonystack.action.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

import org.telephonystack.model.settings.DatabaseUrl;
import org.telephonystack.model.settings.Environment;
import org.telephonystack.quarkus.Settings;

import java.util.ArrayList;
import java.util.Map;

/// Starts the service, or carries out one command (`business apply FILE`, `clients import FILE`, `callers block NUMBER`, `messages list`, `migrate`) and
/// ends.
///
/// The environment is checked before Quarkus starts: one line a problem on stderr, exit code 2.
@QuarkusMain
public final class ActionMain {

    private static final int BAD_ENVIRONMENT = 2;

    private ActionMain() {}

    public static void main(String... args) {
        // Log lines hold emoji, and operators grep for them: also where the locale is C.
        System.setProperty("stdout.encoding", "UTF-8");
        boolean command = args.length > 0;
        Environment environment = new Environment(System.getenv());
        ActionEnvironment.hints(environment).forEach(System.err::println);
        var problems =
                new ArrayList<>(
                        command
                                ? ActionEnvironment.checkDatabase(environment).problems()
                                : ActionEnvironment.checkAll(environment).problems());
        if (!command) {
            problems.addAll(ActionRanges.ALL.problems());
        }
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(BAD_ENVIRONMENT);
        }
        Settings.setAll(environment.stripped());
        Settings.unlessBlank(
                environment,
                "ACTION_PUBLIC_URL",
                "telephony.twilio.public-url",
                environment.value("PUBLIC_BASE_URL").orElse(""));
        Settings.unlessBlank(
                environment,
                "FRONTDOOR_PUBLIC_URL",
                "telephony.reaper.frontdoor-url",
                environment.value("PUBLIC_BASE_URL").orElse(""));
        Settings.unlessBlank(
                environment,
                "TWILIO_API_BASE_URL",
                "telephony.twilio.api-base-url",
                "https://api.twilio.com");
        Settings.unlessBlank(
                environment,
                "OPENAI_BASE_URL",
                "telephony.analysis.base-url",
                "https://api.openai.com/v1");
        environment
                .value("DATABASE_URL")
                .map(DatabaseUrl::parse)
                .ifPresent(url -> {
                    Settings.setAll(Settings.database(url));
                    // Of the migrations.
                    Settings.setAll(Map.of("quarkus.datasource.jdbc.url", url.jdbc()));
                });
        if (command) {
            Settings.setAll(COMMAND_MODE);
            Quarkus.run(CommandLine.class, args);
        } else {
            Quarkus.run(args);
        }
    }

    /// A command opens no port, runs no schedule and prints nothing but its result.
    private static final Map<String, String> COMMAND_MODE =
            Map.of(
                    "quarkus.http.host-enabled", "false",
                    "quarkus.management.host-enabled", "false",
                    "quarkus.scheduler.enabled", "false",
                    "quarkus.otel.sdk.disabled", "true",
                    "quarkus.log.level", "ERROR");
}
