package org.telephonystack.stream.call;

import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.emergency.Emergencies;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An emergency on an earlier stream of the call.
///
/// @param isHeard the fixed line is said once in a call
/// @param owed the line, where the caller has not heard it to its end
record EarlierEmergency(boolean isHeard, Optional<String> owed) {

    static final EarlierEmergency NONE = new EarlierEmergency(false, Optional.empty());

    static EarlierEmergency in(List<Spoken> soFar, Emergencies emergencies) {
        EarlierEmergency found = NONE;
        for (Spoken part : soFar) {
            found =
                    part.speaker() == Speaker.CALLER
                            ? found.afterCaller(part.text(), emergencies)
                            : found.after(part.text());
        }
        return found;
    }

    private EarlierEmergency afterCaller(String text, Emergencies emergencies) {
        Optional<String> line = isHeard ? Optional.empty() : emergencies.of(text);
        return line.isPresent() ? new EarlierEmergency(true, line) : this;
    }

    private EarlierEmergency after(String text) {
        String said = letters(text);
        return new EarlierEmergency(isHeard, owed.filter(line -> !said.contains(letters(line))));
    }

    /// How a line is written is the model's business.
    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]+", " ").strip().toLowerCase(Locale.ROOT);
    }
}
