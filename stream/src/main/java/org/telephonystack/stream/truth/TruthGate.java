package org.telephonystack.stream.truth;

import org.telephonystack.stream.language.LanguageFile;
import org.telephonystack.stream.truth.CallFacts.Fact;
import org.telephonystack.stream.truth.SpokenClaims.Claim;
import org.telephonystack.stream.truth.UnbackedClaim.Kind;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Compares what the assistant says with what really happened. One for the process, immutable.
///
/// Every language is listened for at once: a caller may speak another one than the business does.
public final class TruthGate {

    private final List<SpokenClaims> languages =
            LanguageFile.LANGUAGES.stream()
                    .map(language -> new SpokenClaims(LanguageFile.load("truth", language)))
                    .toList();

    /// Looks for a claim that nothing backs.
    ///
    /// @param said a sentence or several, as far as they were spoken; ask again only for what is new
    /// @param now what "tomorrow" is reckoned from
    /// @return the first one, if any
    public Optional<UnbackedClaim> check(String said, CallFacts facts, Instant now) {
        var today = now.atZone(facts.zone()).toLocalDate();
        return languages.stream()
                .flatMap(language -> language.in(said, today).stream())
                .filter(claim -> !facts.has(fact -> backs(fact, claim, facts)))
                .findFirst()
                .map(claim -> unbacked(claim, facts));
    }

    private static UnbackedClaim unbacked(Claim claim, CallFacts facts) {
        Predicate<Kind> wouldBack = backing(claim.kind());
        return new UnbackedClaim(
                claim.kind(),
                claim.words(),
                facts.newest(truthOf(claim.kind())),
                facts.isUnknown(wouldBack));
    }

    private static Predicate<Kind> backing(Kind claimed) {
        return switch (claimed) {
            case BOOKED, CHANGED -> kind -> kind == Kind.BOOKED || kind == Kind.CHANGED;
            case CANCELLED -> kind -> kind == Kind.CANCELLED || kind == Kind.CHANGED;
            case MESSAGE_TAKEN, TEXT_SENT -> claimed::equals;
        };
    }

    private static boolean backs(Fact fact, Claim claim, CallFacts facts) {
        boolean mustBeOfThisCall = claim.isDoing() || claim.kind() == Kind.CHANGED;
        if (mustBeOfThisCall && !fact.inThisCall()) {
            return false;
        }
        return switch (claim.kind()) {
            // Moved there, it stands there as well.
            case BOOKED, CHANGED ->
                    (fact.kind() == Kind.BOOKED || fact.kind() == Kind.CHANGED)
                            && isTimeOf(fact, claim, facts);
            // Of a moved one its old time may be called cancelled.
            case CANCELLED ->
                    (fact.kind() == Kind.CANCELLED && isTimeOf(fact, claim, facts))
                            || fact.kind() == Kind.CHANGED;
            case MESSAGE_TAKEN, TEXT_SENT -> fact.kind() == claim.kind();
        };
    }

    private static boolean isTimeOf(Fact fact, Claim claim, CallFacts facts) {
        return fact.slot()
                .map(slot -> !claim.time().contradicts(slot.atZone(facts.zone())))
                .orElse(true);
    }

    private static Predicate<Fact> truthOf(Kind kind) {
        return switch (kind) {
            case BOOKED, CHANGED ->
                    fact -> fact.kind() == Kind.BOOKED || fact.kind() == Kind.CHANGED;
            case CANCELLED, MESSAGE_TAKEN, TEXT_SENT -> fact -> fact.kind() == kind;
        };
    }
}
