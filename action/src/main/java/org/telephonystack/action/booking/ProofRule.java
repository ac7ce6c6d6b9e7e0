package org.telephonystack.action.booking;

import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.booking.AppointmentStore.Known;

import java.text.Normalizer;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether somebody may hear of a number's appointments: the number itself can be forged, so a second fact is needed where
/// the network does not vouch for it. The first name is none: the assistant greets with it.
final class ProofRule {

    /// Whoever failed that often within a day is guessing.
    private static final int MOST_FAILURES = 5;

    private ProofRule() {}

    static boolean isProven(Known known, Proof proof, ZoneId zone) {
        return known.attested()
                || (known.failedProofs() < MOST_FAILURES
                        && (isLastName(known, proof) || isTime(known, proof, zone)));
    }

    /// Every word of the last name, among whatever else was said.
    private static boolean isLastName(Known known, Proof proof) {
        Set<String> stored = words(known.lastName().orElse(""));
        return !stored.isEmpty() && words(proof.name().orElse("")).containsAll(stored);
    }

    /// To the minute: of a day alone one in ten guesses is right.
    private static boolean isTime(Known known, Proof proof, ZoneId zone) {
        return proof.time()
                .map(text -> Wish.parse(text, zone))
                .filter(Wish.At.class::isInstance)
                .map(wish -> ((Wish.At) wish).start())
                .filter(start ->
                        known.upcoming().stream()
                                .anyMatch(booking -> booking.start().equals(start)))
                .isPresent();
    }

    /// As they sound alike: no case, no accents.
    private static Set<String> words(String name) {
        String plain =
                Normalizer.normalize(name, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}+", "")
                        .toLowerCase(Locale.ROOT);
        return Arrays.stream(plain.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
