package org.telephonystack.stream.prompt;

/// Keeps data from looking like a line of the instructions.
final class Lines {

    private Lines() {}

    /// One line, at most `maxLength` characters.
    static String one(String text, int maxLength) {
        String line = text.replaceAll("[\\p{Cntrl}#`]+", " ").strip();
        return line.length() > maxLength ? line.substring(0, maxLength) + "…" : line;
    }
}
