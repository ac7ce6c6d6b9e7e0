package org.telephonystack.model.call;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.PhoneNumber;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may talk to the assistant now: action's answer to `GET /internal/admission`, which frontdoor keeps fresh in the
/// background, so that a ringing call waits for nobody.
///
/// @param free places of all stream processes together; empty where that is not known
/// @param businessAtLimit today's minutes with the model are used up
/// @param callersAtLimit whose own minutes of today are used up
/// @param blocked whose calls are not answered
/// @param human a person who is there now
public record Admission(
        Optional<Integer> free,
        boolean businessAtLimit,
        Set<PhoneNumber> callersAtLimit,
        Set<PhoneNumber> blocked,
        Optional<PhoneNumber> human) {

    /// Nothing is known: everybody may.
    public static final Admission OPEN =
            new Admission(Optional.empty(), false, Set.of(), Set.of(), Optional.empty());

    public Admission {
        callersAtLimit = Set.copyOf(callersAtLimit);
        blocked = Set.copyOf(blocked);
    }

    /// Numbers are personal.
    @Override
    public String toString() {
        return "Admission[free=" + free + ", businessAtLimit=" + businessAtLimit + "]";
    }

    /// Values are numbers, booleans, texts and lists of texts.
    public Map<String, Object> toFields() {
        var fields = new LinkedHashMap<String, Object>();
        free.ifPresent(places -> fields.put("free", places));
        fields.put("businessAtLimit", businessAtLimit);
        fields.put("callersAtLimit", texts(callersAtLimit));
        fields.put("blocked", texts(blocked));
        human.ifPresent(number -> fields.put("human", number.e164()));
        return fields;
    }

    /// What is missing or strange counts as not known.
    public static Admission ofFields(Map<String, ?> fields) {
        return new Admission(
                fields.get("free") instanceof Number free
                        ? Optional.of(Math.max(0, free.intValue()))
                        : Optional.empty(),
                Boolean.TRUE.equals(fields.get("businessAtLimit")),
                numbers(fields.get("callersAtLimit")),
                numbers(fields.get("blocked")),
                PhoneNumber.parse(String.valueOf(fields.get("human"))));
    }

    private static List<String> texts(Set<PhoneNumber> numbers) {
        return numbers.stream().map(PhoneNumber::e164).sorted().toList();
    }

    private static Set<PhoneNumber> numbers(@Nullable Object list) {
        return list instanceof Collection<?> texts
                ? texts.stream()
                        .flatMap(text -> PhoneNumber.parse(String.valueOf(text)).stream())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
