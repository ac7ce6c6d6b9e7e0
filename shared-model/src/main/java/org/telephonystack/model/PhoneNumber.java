package org.telephonystack.model;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A telephone number in E.164: `+` and 8 to 15 digits. [#toString()] is masked; [#e164()] is not.
public record PhoneNumber(String e164) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{7,14}");

    /// Words spelled on a keypad that carriers send for a withheld number: anonymous, restricted, unknown, …
    private static final Set<String> WITHHELD =
            Set.of("+266696687", "+7378742833", "+2562533", "+8566696", "+86282452253", "+464660");

    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException(
                    "not an E.164 number: " + e164.length() + " characters");
        }
    }

    /// Empty for everything that is no number one could call back: null, `anonymous`, `client:…`, `sip:…`, garbage.
    public static Optional<PhoneNumber> parse(@Nullable String text) {
        if (text == null || WITHHELD.contains(text) || !E164.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new PhoneNumber(text));
    }

    /// `+1******7890`: the first digit, the last four.
    public String masked() {
        return PersonalData.MASKED.phone(e164);
    }

    @Override
    public String toString() {
        return masked();
    }
}
