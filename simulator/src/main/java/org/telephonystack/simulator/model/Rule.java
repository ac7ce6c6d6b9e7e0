package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a field of a client event may be. Fields nobody named are refused: that is the point.
@FunctionalInterface
interface Rule {

    Optional<Refusal> check(String path, JsonNode value);

    static Rule anything() {
        return (_, _) -> Optional.empty();
    }

    static Rule text() {
        return (path, value) ->
                value.isTextual() ? Optional.empty() : Optional.of(Refusal.type(path, "a string"));
    }

    static Rule text(String pattern) {
        var compiled = Pattern.compile(pattern);
        return (path, value) -> {
            if (!value.isTextual()) {
                return Optional.of(Refusal.type(path, "a string"));
            }
            return compiled.matcher(value.textValue()).matches()
                    ? Optional.empty()
                    : Optional.of(Refusal.value(path, "does not match '" + pattern + "'"));
        };
    }

    /// Ids of items and events: the service has refused longer ones.
    static Rule id(int maxLength) {
        return (path, value) -> {
            if (!value.isTextual()) {
                return Optional.of(Refusal.type(path, "a string"));
            }
            return value.textValue().length() <= maxLength
                    ? Optional.empty()
                    : Optional.of(
                            Refusal.of(
                                    "string_above_max_length",
                                    "Invalid '%s': string too long. Expected a string with maximum length %d."
                                            .formatted(path, maxLength),
                                    path));
        };
    }

    static Rule bool() {
        return (path, value) ->
                value.isBoolean() ? Optional.empty() : Optional.of(Refusal.type(path, "a boolean"));
    }

    static Rule integer(int min, int max) {
        return (path, value) -> {
            if (!value.isIntegralNumber()) {
                return Optional.of(Refusal.type(path, "an integer"));
            }
            return between(path, value, min, max);
        };
    }

    static Rule number(double min, double max) {
        return (path, value) ->
                value.isNumber()
                        ? between(path, value, min, max)
                        : Optional.of(Refusal.type(path, "a number"));
    }

    private static Optional<Refusal> between(String path, JsonNode value, double min, double max) {
        double number = value.doubleValue();
        return number >= min && number <= max
                ? Optional.empty()
                : Optional.of(Refusal.value(path, "expected " + min + " to " + max));
    }

    static Rule oneOf(String... words) {
        return (path, value) ->
                value.isTextual() && List.of(words).contains(value.textValue())
                        ? Optional.empty()
                        : Optional.of(
                                Refusal.of(
                                        "invalid_value",
                                        "Invalid value: %s. Supported values are: %s."
                                                .formatted(value, String.join(", ", words)),
                                        path));
    }

    static Rule list(Rule element) {
        return (path, value) -> {
            if (!value.isArray()) {
                return Optional.of(Refusal.type(path, "an array"));
            }
            for (int i = 0; i < value.size(); i++) {
                Optional<Refusal> refusal = element.check(path + "[" + i + "]", value.get(i));
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return Optional.empty();
        };
    }

    /// The first rule that accepts; when none does, the last one's refusal.
    default Rule or(Rule other) {
        return (path, value) ->
                check(path, value).isEmpty() ? Optional.empty() : other.check(path, value);
    }

    default Rule orNull() {
        return (path, value) -> value.isNull() ? Optional.empty() : check(path, value);
    }

    default Rule and(Rule other) {
        return (path, value) -> check(path, value).or(() -> other.check(path, value));
    }

    static ObjectRule object() {
        return new ObjectRule(Map.of(), Map.of());
    }

    /// An object: these fields and no other.
    record ObjectRule(Map<String, Rule> optional, Map<String, Rule> required) implements Rule {

        ObjectRule may(String field, Rule rule) {
            return new ObjectRule(with(optional, field, rule), required);
        }

        ObjectRule must(String field, Rule rule) {
            return new ObjectRule(optional, with(required, field, rule));
        }

        private static Map<String, Rule> with(Map<String, Rule> rules, String field, Rule rule) {
            var more = new HashMap<>(rules);
            more.put(field, rule);
            return Map.copyOf(more);
        }

        @Override
        public Optional<Refusal> check(String path, JsonNode value) {
            if (!value.isObject()) {
                return Optional.of(Refusal.type(path, "an object"));
            }
            String prefix = path.isEmpty() ? "" : path + ".";
            for (String field : required.keySet().stream().sorted().toList()) {
                if (!value.has(field)) {
                    return Optional.of(Refusal.missing(prefix + field));
                }
            }
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                Rule rule = optional.get(field.getKey());
                Rule chosen = rule != null ? rule : required.get(field.getKey());
                if (chosen == null) {
                    return Optional.of(Refusal.unknown(prefix + field.getKey()));
                }
                Optional<Refusal> refusal = chosen.check(prefix + field.getKey(), field.getValue());
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return Optional.empty();
        }
    }
}
