package org.telephonystack.action.outcome;

import org.telephonystack.action.outcome.CallFacts.Terminal;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Decides how a call ended. `CallStatus` alone cannot: an inbound call whose stream died still ends as `completed`.
///
/// Evidence that is conclusive decides at once. Where only the stream's journal is missing it is given a moment, for Twilio's
/// callback and the journal race each other.
///
/// @param journalGrace how long after a terminal status the stream may take to journal its end
/// @param statusGrace how long after a stream's end Twilio may take to say that the call is over; callbacks get lost
public record OutcomeRule(Duration journalGrace, Duration statusGrace) {

    public Verdict decide(CallFacts facts) {
        Optional<EndReason> end = facts.stream().endReason();
        if (end.isEmpty() && facts.askedAfterStream().isPresent()) {
            // The caller was on the line and the stream was gone without a word: no later news
            // changes that.
            return noEnd(facts);
        }
        if (end.isPresent() && facts.askedAfterStream().isPresent() && isCutOff(end.get())) {
            return ended(end.get());
        }
        return facts.terminal().isPresent()
                ? over(facts, facts.terminal().get())
                : notKnownToBeOver(facts);
    }

    /// Whether a caller who is still on the line after such an end was cut off. A handover means to connect again; as long
    /// as nobody does, it is a loss like any other.
    public static boolean isCutOff(EndReason end) {
        return !end.isPlanned() || end == EndReason.HANDED_OVER;
    }

    private Verdict over(CallFacts facts, Terminal terminal) {
        if (facts.stream().endReason().isPresent()) {
            return ended(facts.stream().endReason().get());
        }
        if (facts.stream().startedAt().isEmpty()) {
            switch (terminal.status()) {
                case BUSY, NO_ANSWER, FAILED -> {
                    return new Verdict.Final(CallOutcome.TWILIO_FAILED, "status_failed");
                }
                case CANCELED -> {
                    return new Verdict.Final(CallOutcome.ABANDONED, "canceled_before_answer");
                }
                case COMPLETED -> {}
            }
        }
        return unless(facts.now(), terminal.since().plus(journalGrace), () -> noEnd(facts));
    }

    private Verdict notKnownToBeOver(CallFacts facts) {
        Optional<Instant> quietSince =
                Stream.of(facts.stream().endedAt(), facts.streamErrorAt())
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo);
        if (quietSince.isEmpty()) {
            return new Verdict.Open();
        }
        return unless(
                facts.now(),
                quietSince.get().plus(statusGrace),
                () -> facts.stream().endReason().map(this::ended).orElseGet(() -> noEnd(facts)));
    }

    private Verdict noEnd(CallFacts facts) {
        if (facts.stream().startedAt().isPresent()) {
            return new Verdict.Final(CallOutcome.OUR_FAULT, "stream_without_end");
        }
        return new Verdict.Final(
                CallOutcome.TWILIO_FAILED,
                facts.streamErrorAt().isPresent() ? "stream_error" : "no_stream");
    }

    private Verdict ended(EndReason end) {
        CallOutcome outcome =
                switch (end) {
                    case ASSISTANT_ENDED, CALLER_SILENT -> CallOutcome.COMPLETED;
                    case CALLER_HUNG_UP -> CallOutcome.CALLER_HUNG_UP;
                    case TRANSFER -> CallOutcome.TRANSFERRED;
                    case VOICEMAIL -> CallOutcome.VOICEMAIL;
                    case MODEL_LOST, MODEL_REFUSED, MODEL_SILENT -> CallOutcome.MODEL_FAILED;
                    case CALLER_LEG_LOST, PROTOCOL_ERROR -> CallOutcome.TWILIO_FAILED;
                    case HANDED_OVER, BUG -> CallOutcome.OUR_FAULT;
                };
        return new Verdict.Final(outcome, end.word());
    }

    private static Verdict unless(Instant now, Instant due, Supplier<Verdict> decided) {
        return now.isBefore(due)
                ? new Verdict.LookAgain(Duration.between(now, due))
                : decided.get();
    }
}
