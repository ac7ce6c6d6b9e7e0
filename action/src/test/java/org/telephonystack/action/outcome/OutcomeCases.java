package org.telephonystack.action.outcome;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is known of a call, and what it comes to, in words.
final class OutcomeCases {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final OutcomeRule RULE = new OutcomeRule(Duration.ofSeconds(5), Duration.ofSeconds(60));

    private OutcomeCases() {}

    /// Of the leg to a person.
    static Evidence.Heard leg(String status, Instant at) {
        return new Evidence.Heard(
                CallEvent.Kind.CALL_STATUS.word(),
                Optional.of(status),
                Optional.of("outbound-dial"),
                true,
                at);
    }

    static CallFacts facts(CallFacts.Stream stream, List<Evidence.Heard> events) {
        return new Evidence(
                        new CallSid("CA1"),
                        Optional.of("+14155550199"),
                        Optional.empty(),
                        Optional.empty(),
                        stream,
                        Optional.<CallOutcome>empty(),
                        events,
                        NOW)
                .facts();
    }

    static Evidence.Heard heard(CallEvent.Kind kind, @Nullable String status, Instant at) {
        return new Evidence.Heard(kind.word(), Optional.ofNullable(status), Optional.empty(), at);
    }

    static Optional<Instant> ago(String seconds) {
        return seconds.equals("-")
                ? Optional.empty()
                : Optional.of(NOW.minusSeconds(Long.parseLong(seconds)));
    }

    static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Final(var outcome, var reason) -> outcome.word() + " " + reason;
            case Verdict.LookAgain(var after) -> "again " + after.toSeconds();
            case Verdict.Open() -> "open";
        };
    }
}
