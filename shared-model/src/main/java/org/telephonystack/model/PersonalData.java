package org.telephonystack.model;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.StringJoiner;

/// How phone numbers and names appear in log lines: in full on a developer's machine, masked everywhere else.
public enum PersonalData {
    FULL,
    MASKED;

    /// `full` is [#FULL]; everything else, also nothing at all, is [#MASKED].
    public static PersonalData of(@Nullable String setting) {
        return setting != null && setting.strip().toLowerCase(Locale.ROOT).equals("full")
                ? FULL
                : MASKED;
    }

    /// `+1******7890` for a number; for what is no number (`anonymous`, `sip:…`) its first letters at most.
    public String phone(@Nullable String raw) {
        if (raw == null || raw.isBlank()) {
            return "unknown";
        }
        if (this == FULL) {
            return printable(raw);
        }
        if (raw.startsWith("+") && raw.length() >= 8) {
            return printable(raw.substring(0, 2) + "******" + raw.substring(raw.length() - 4));
        }
        return raw.equals("anonymous")
                ? raw
                : printable(raw.substring(0, Math.min(4, raw.length()))) + "***";
    }

    /// `John Doe`, or its initials `J. D.`.
    public String name(String raw) {
        if (this == FULL) {
            return printable(raw.strip());
        }
        var initials = new StringJoiner(" ");
        for (String part : raw.strip().split("\\s+")) {
            if (!part.isEmpty()) {
                initials.add(new String(Character.toChars(part.codePointAt(0))) + ".");
            }
        }
        return printable(initials.toString());
    }

    /// One log line stays one line, and its bars stay ours, whatever a caller's name holds.
    private static String printable(String text) {
        String line = text.length() > 80 ? text.substring(0, 80) : text;
        return line.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}|]", "?");
    }
}
