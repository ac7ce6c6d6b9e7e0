package org.telephonystack.frontdoor.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

import org.telephonystack.model.settings.Environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Starts the service, or says what it lacks: one line per problem and exit code 2.
@QuarkusMain
public final class FrontdoorMain {

    private static final int MISCONFIGURED = 2;

    private FrontdoorMain() {}

    public static void main(String... args) {
        var problems = new ArrayList<>(problems(System.getenv()));
        problems.addAll(FrontdoorRanges.ALL.problems());
        if (!problems.isEmpty()) {
            problems.forEach(problem -> System.err.println("frontdoor: " + problem));
            System.exit(MISCONFIGURED);
        }
        // Log lines hold emoji and names, and operators grep for them: also where the locale is C.
        System.setProperty("stdout.encoding", "UTF-8");
        hints(System.getenv()).forEach(System.err::println);
        Quarkus.run(args);
    }

    /// For those who move over from the edge functions.
    static List<String> hints(Map<String, String> variables) {
        return Stream.of("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY")
                .filter(variables::containsKey)
                .map(name ->
                        "frontdoor: "
                                + name
                                + " is no longer read: stream and action take DATABASE_URL,"
                                + " frontdoor needs no database")
                .toList();
    }

    static List<String> problems(Map<String, String> variables) {
        return new FrontdoorEnvironment(new Environment(variables)).check();
    }
}
