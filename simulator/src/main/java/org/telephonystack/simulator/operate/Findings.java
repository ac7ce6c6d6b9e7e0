package org.telephonystack.simulator.operate;

import java.util.function.Consumer;

/// What was found, a line each: `✓` good, `✗` a problem, `–` worth knowing.
final class Findings {

    private final Consumer<String> out;
    private int problems;

    Findings(Consumer<String> out) {
        this.out = out;
    }

    void title(String text) {
        out.accept(text);
    }

    void good(String line) {
        out.accept("  ✓ " + line);
    }

    void problem(String line) {
        problems++;
        out.accept("  ✗ " + line);
    }

    void note(String line) {
        out.accept("  – " + line);
    }

    int problems() {
        return problems;
    }
}
