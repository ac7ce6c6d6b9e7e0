package org.telephonystack.simulator.operate;

import org.telephonystack.simulator.stack.StackBuilder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// `./telephony check [--env FILE]`: configuration, credentials and the public address, before somebody calls. Exit code 0
/// when all is well, 1 when something is not.
public final class Check {

    private Check() {}

    public static void main(String[] words) {
        int code;
        try {
            code = run(words, System.getenv(), System.out::println);
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.err.println("usage: ./telephony check [--env FILE]");
            code = 2;
        }
        System.exit(code);
    }

    static int run(String[] words, Map<String, String> environment, Consumer<String> out)
            throws IOException {
        Variables variables = Variables.of(environment, Arguments.of(words).envFile());
        var findings = new Findings(out);
        Path root = StackBuilder.findRoot();
        try (var http = new Http()) {
            new Configuration(root, variables, findings).check();
            new Credentials(variables, http, findings).check();
            new PublicAddress(variables, http, findings).check();
        }
        out.accept(
                findings.problems() == 0
                        ? "No problem found."
                        : findings.problems()
                                + (findings.problems() == 1 ? " problem." : " problems."));
        return findings.problems() == 0 ? 0 : 1;
    }

    /// What stood behind the command.
    record Arguments(Optional<Path> envFile) {

        static Arguments of(String[] words) {
            if (words.length == 0) {
                return new Arguments(Optional.empty());
            }
            if (words.length == 2 && words[0].equals("--env")) {
                return new Arguments(Optional.of(Path.of(words[1])));
            }
            throw new IllegalArgumentException("not understood: " + String.join(" ", words));
        }
    }
}
