package org.telephonystack.action.business;

import java.time.Duration;
import java.util.Locale;

/// What can be booked.
///
/// @param name the word in contracts and in the database
/// @param label what is said
/// @param buffer time after the appointment in which the resource stays taken
public record Service(String name, String label, Duration duration, Duration buffer) {

    /// Where a caller names none: the contract's default.
    public static final String DEFAULT = "general";

    /// Models say the label as readily as the name.
    public boolean isCalled(String wanted) {
        String word = wanted.strip().toLowerCase(Locale.ROOT);
        return word.equals(name.toLowerCase(Locale.ROOT))
                || word.equals(label.toLowerCase(Locale.ROOT));
    }
}
