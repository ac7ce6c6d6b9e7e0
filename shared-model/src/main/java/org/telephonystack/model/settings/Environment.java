package org.telephonystack.model.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a process's environment before it starts and collects every problem, so that an operator mends all of them at
/// once: one line each, naming the variable, what it is for and how to set it. Values never appear in a problem.
public final class Environment {

    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> stripped = new LinkedHashMap<>();

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /// @param purpose completes "needed to …"
    /// @param how completes "set it to …"
    /// @param check throws [IllegalArgumentException] with what is wrong
    public Environment require(String name, String purpose, String how, Consumer<String> check) {
        Optional<String> value = value(name);
        if (value.isEmpty()) {
            problems.add(name + " is not set: needed to " + purpose + "; set it to " + how);
        } else {
            validate(name, value.get(), purpose, how, check);
        }
        return this;
    }

    /// Checked only where it is set.
    public Environment allow(String name, String purpose, String how, Consumer<String> check) {
        value(name).ifPresent(value -> validate(name, value, purpose, how, check));
        return this;
    }

    /// A problem that no single variable has.
    public Environment problem(String line) {
        problems.add(line);
        return this;
    }

    /// Empty for what is not set or blank. Stripped: secrets read from files often bring a line end along.
    public Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /// The variables that were checked without the blanks they came with: whoever reads the process's environment itself
    /// has to be given these, or uses another secret than the one that was found good.
    public Map<String, String> stripped() {
        return Map.copyOf(stripped);
    }

    public List<String> problems() {
        return List.copyOf(problems);
    }

    private void validate(
            String name, String value, String purpose, String how, Consumer<String> check) {
        if (!value.equals(variables.get(name))) {
            stripped.put(name, value);
        }
        try {
            check.accept(value);
        } catch (IllegalArgumentException e) {
            problems.add(
                    name + " " + e.getMessage() + ": needed to " + purpose + "; set it to " + how);
        }
    }
}
