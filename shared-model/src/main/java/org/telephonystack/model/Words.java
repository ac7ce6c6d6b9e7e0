package org.telephonystack.model;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Reads one value of a closed list back from its word.
final class Words {

    private Words() {}

    static <T> Optional<T> find(T[] values, Function<T, String> wordOf, @Nullable String word) {
        return Arrays.stream(values).filter(value -> wordOf.apply(value).equals(word)).findFirst();
    }
}
