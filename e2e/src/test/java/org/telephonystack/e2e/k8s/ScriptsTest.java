package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What people start by hand runs on the bash of macOS, too, which is of 2007.
class ScriptsTest {

    /// What bash 3.2 does not know, or takes for an error under `set -u`.
    private static final Map<String, Pattern> TOO_NEW = new LinkedHashMap<>();

    static {
        TOO_NEW.put("reads an array", Pattern.compile("\\b(mapfile|readarray)\\b"));
        TOO_NEW.put("changes case", Pattern.compile("\\$\\{[A-Za-z_]+(,,?|\\^\\^?)[^}]*}"));
        TOO_NEW.put(
                "has maps or references", Pattern.compile("\\b(declare|local|typeset) -[AgnlU]"));
        TOO_NEW.put("pipes both", Pattern.compile("\\|&|&>>"));
        TOO_NEW.put("has coprocesses", Pattern.compile("\\bcoproc\\b"));
        TOO_NEW.put("quotes values", Pattern.compile("\\$\\{[A-Za-z_]+@[A-Za-z]}"));
        TOO_NEW.put("asks whether a variable is set", Pattern.compile("\\[\\[? -v "));
        TOO_NEW.put("counts from the end", Pattern.compile("\\$\\{[a-z_]+\\[-\\d|\\$\\{@: -"));
        TOO_NEW.put("formats times", Pattern.compile("printf ['\"]?%\\("));
        TOO_NEW.put(
                "has an array that may be empty",
                Pattern.compile("(?<!\\+\")\\$\\{[a-z_]+\\[@]}(?!\\+)"));
    }

    @Test
    void everyScriptIsBashThatStopsAtTheFirstErrorAndCanBeStarted() throws Exception {
        for (Path script : scripts()) {
            String text = Overlay.read(script);

            assertThat(text).as(script.toString()).matches("(?s)#!(/usr/bin/env bash|/bin/sh)\n.*");
            assertThat(text.lines())
                    .as(script.toString())
                    .anyMatch(line -> line.startsWith("set -eu"));
            assertThat(Files.isExecutable(script)).as(script.toString()).isTrue();
            assertThat(saidBy("bash", "-n", script.toString())).as(script.toString()).isEmpty();
        }
    }

    @Test
    void noScriptAsksForANewBash() throws IOException {
        for (Path script : scripts()) {
            String text =
                    Overlay.read(script)
                            .lines()
                            .filter(line -> !line.strip().startsWith("#"))
                            .collect(Collectors.joining("\n"));
            TOO_NEW.forEach((what, pattern) ->
                    assertThat(pattern.matcher(text).results().map(it -> it.group()))
                            .as("%s %s", script.getFileName(), what)
                            .isEmpty());
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Overlay.file("scripts"))) {
            List<Path> all =
                    Stream.concat(
                                    Stream.of(Overlay.file("telephony")),
                                    files.filter(it -> it.toString().endsWith(".sh")))
                            .sorted()
                            .toList();
            assertThat(all).hasSizeGreaterThan(4);
            return all;
        }
    }

    private static String saidBy(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
