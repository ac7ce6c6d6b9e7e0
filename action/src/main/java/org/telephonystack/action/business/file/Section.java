package org.telephonystack.action.business.file;

import com.fasterxml.jackson.databind.JsonNode;

import org.telephonystack.model.PhoneNumber;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// One object of the file; what is wrong in it is collected with its path, and a stand-in is returned.
final class Section {

    private final JsonNode node;
    private final String path;
    private final List<String> problems;

    Section(JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (!node.isObject() && !node.isMissingNode()) {
            problems.add((path.isEmpty() ? "the file" : path) + ": is no object {…}");
        }
    }

    void problem(String name, String what) {
        problems.add(pathOf(name) + ": " + what);
    }

    /// A name we do not know is mostly one misspelled.
    void allowOnly(String... names) {
        Set<String> known = Set.of(names);
        node.fieldNames()
                .forEachRemaining(name -> {
                    if (!known.contains(name)) {
                        problem(name, "is no known name here");
                    }
                });
    }

    List<String> names() {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    Optional<String> text(String name, int maxLength) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            problem(name, "is no text");
            return Optional.empty();
        }
        if (value.textValue().length() > maxLength) {
            problem(name, "is longer than " + maxLength + " characters");
        }
        return Optional.of(value.textValue().strip());
    }

    String requiredText(String name, int maxLength) {
        if (value(name).isMissingNode()) {
            problem(name, "is missing");
        }
        return text(name, maxLength).orElse("");
    }

    Optional<Integer> number(String name, int least, int most) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            problem(name, "is no whole number from " + least + " to " + most);
            return Optional.empty();
        }
        return Optional.of(value.intValue());
    }

    Optional<BigDecimal> amount(String name, int most) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        BigDecimal amount = value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
        if (amount.signum() <= 0 || amount.compareTo(BigDecimal.valueOf(most)) > 0) {
            problem(name, "is no amount above 0 and up to " + most);
            return Optional.empty();
        }
        return Optional.of(amount);
    }

    int requiredNumber(String name, int least, int most) {
        if (value(name).isMissingNode()) {
            problem(name, "is missing");
        }
        return number(name, least, most).orElse(least);
    }

    List<String> texts(String name, int maxLength) {
        return items(
                name,
                (where, text) -> {
                    if (text.length() > maxLength) {
                        problem(where, "is longer than " + maxLength + " characters");
                        return Optional.empty();
                    }
                    return Optional.of(text);
                });
    }

    /// Telephone numbers.
    List<PhoneNumber> numbers(String name) {
        return items(
                name,
                (where, text) -> {
                    Optional<PhoneNumber> number = PhoneNumber.parse(text);
                    if (number.isEmpty()) {
                        problem(where, "is no E.164 number, e.g. +14155550100");
                    }
                    return number;
                });
    }

    private <T> List<T> items(String name, BiFunction<String, String, Optional<T>> read) {
        var items = new ArrayList<T>();
        JsonNode list = list(name);
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            String where = name + "[" + i + "]";
            if (!item.isTextual() || item.textValue().isBlank()) {
                problem(where, "is no text");
            } else {
                read.apply(where, item.textValue().strip()).ifPresent(items::add);
            }
        }
        return items;
    }

    Section section(String name) {
        return new Section(value(name), pathOf(name), problems);
    }

    List<Section> sections(String name) {
        var sections = new ArrayList<Section>();
        JsonNode list = list(name);
        for (int i = 0; i < list.size(); i++) {
            sections.add(new Section(list.get(i), pathOf(name + "[" + i + "]"), problems));
        }
        return sections;
    }

    private JsonNode list(String name) {
        JsonNode value = value(name);
        if (!value.isMissingNode() && !value.isArray()) {
            problem(name, "is no list […]");
            return BusinessFile.nothing();
        }
        return value;
    }

    /// `null` is as good as nothing.
    private JsonNode value(String name) {
        JsonNode value = node.path(name);
        return value.isNull() ? BusinessFile.nothing() : value;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
