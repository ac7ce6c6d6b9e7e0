package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.PhoneNumber;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Whether a lost caller gets a text, and which.
///
/// @param ownNumbers the numbers we send from: a text to ourselves would be answered by ourselves
/// @param textsADay the most one number gets, of whatever kind
/// @param validity how long after the end of a call its text is worth sending
public record RecoveryPolicy(Set<PhoneNumber> ownNumbers, int textsADay, Duration validity) {

    /// What a lost caller gets.
    public sealed interface Decision {
        record Text(PhoneNumber to, String body) implements Decision {}

        /// @param recipient as Twilio named the caller; `unknown` where it did not
        record Skip(String recipient, SkipReason why) implements Decision {}
    }

    /// Why a lost caller gets no text.
    public enum SkipReason {
        /// Withheld, `client:…`, `sip:…`, garbage, or never named.
        NOT_A_NUMBER,
        OWN_NUMBER,
        OPTED_OUT,
        /// We called, they did not.
        NOT_INBOUND,
        /// Texted too often within a day: a line that drops every call does not become a flood.
        DAILY_LIMIT,
        /// We heard too late of it: "we got cut off" of this morning's call is worse than nothing.
        TOO_LATE;

        /// The word in the database, in metrics and in logs.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param recipient what the database knows of the caller's number
    /// @param outcome a lost one
    public Decision decide(
            CallFacts facts, Recipient recipient, Business business, CallOutcome outcome) {
        Optional<PhoneNumber> caller = PhoneNumber.parse(facts.caller().orElse(null));
        if (caller.isEmpty()) {
            return skip(facts, SkipReason.NOT_A_NUMBER);
        }
        PhoneNumber to = caller.get();
        if (!facts.inbound()) {
            return skip(facts, SkipReason.NOT_INBOUND);
        }
        if (ownNumbers.contains(to) || facts.called().filter(to.e164()::equals).isPresent()) {
            return skip(facts, SkipReason.OWN_NUMBER);
        }
        if (recipient.optedOut()) {
            return skip(facts, SkipReason.OPTED_OUT);
        }
        if (recipient.textsToday() >= textsADay) {
            return skip(facts, SkipReason.DAILY_LIMIT);
        }
        if (facts.terminal()
                .filter(end -> end.since().plus(validity).isBefore(facts.now()))
                .isPresent()) {
            return skip(facts, SkipReason.TOO_LATE);
        }
        return new Decision.Text(
                to,
                RecoveryText.of(
                        business,
                        RecoveryText.Loss.of(facts, outcome),
                        recipient.appointment(),
                        !recipient.textedBefore()));
    }

    private static Decision skip(CallFacts facts, SkipReason why) {
        return new Decision.Skip(facts.caller().orElse("unknown"), why);
    }

    /// @param optedOut said STOP, or cannot take a text
    /// @param textsToday within the last 24 hours
    /// @param appointment what the call had come to about one, last of all
    public record Recipient(
            boolean optedOut,
            boolean textedBefore,
            int textsToday,
            Optional<Appointment> appointment) {}

    /// An appointment that was spoken of.
    ///
    /// @param booked it stands in the database; else it was offered, and no more
    public record Appointment(Instant start, boolean booked) {}
}
