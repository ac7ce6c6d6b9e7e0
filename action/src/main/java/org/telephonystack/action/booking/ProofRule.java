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

    /// A first name, and a second one or another surname.
    private static final int MOST_OTHER_NAMES = 2;

    /// What people say around a name, and the small words within one, in the languages we ship.
    private static final Set<String> NO_NAMES =
            Set.of(
                    ("my our the is it its this name last first full family surname and yes sure mr mrs ms miss dr doctor speaking"
                                    + " im am under for spelled mi nombre apellido apellidos es son soy me llamo se llama si claro senor"
                                    + " senora senorita sr sra srta don dona doctora habla con a el de del la las los y e da do"
                                    + " dos di du van von der den")
                            .split(" "));

    private ProofRule() {}

    static boolean isProven(Known known, Proof proof, ZoneId zone) {
        return known.attested()
                || (known.failedProofs() < MOST_FAILURES
                        && (isLastName(known, proof) || isTime(known, proof, zone)));
    }

    /// Every word of the last name, and few besides: a list of names would be many guesses at once.
    private static boolean isLastName(Known known, Proof proof) {
        Set<String> stored = words(known.lastName().orElse(""));
        Set<String> said = words(proof.name().orElse(""));
        if (stored.isEmpty() || !said.containsAll(stored)) {
            return false;
        }
        // Whose name is such a word (Do, Van) says it without the others, or everybody would.
        boolean counted = stored.stream().allMatch(ProofRule::isNoName);
        long more =
                said.stream()
                        .filter(word -> !stored.contains(word))
                        .filter(word -> counted || !isNoName(word))
                        .count();
        return more <= MOST_OTHER_NAMES;
    }

    /// Initials and spelling are none either.
    private static boolean isNoName(String word) {
        return word.length() == 1 || NO_NAMES.contains(word);
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
