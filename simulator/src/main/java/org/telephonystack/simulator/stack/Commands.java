package org.telephonystack.simulator.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Small programs of the system that are run to their end.
final class Commands {

    private Commands() {}

    /// What it printed, without the line's end; empty where it is not there or failed.
    static Optional<String> output(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(output)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Sends a signal that Java has no word for (`STOP`, `CONT`, `INT`) to processes that may be gone already. The shell's
    /// own `kill`, for small images have no other.
    static void signal(String name, List<Long> pids) throws InterruptedException {
        for (long pid : pids) {
            output(List.of("/bin/sh", "-c", "kill -" + name + " " + pid));
        }
    }
}
