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

    /// Ringing and a message together: frontdoor's limits are far below.
    private static final Duration LONGEST_WAIT_FOR_A_PERSON = Duration.ofMinutes(15);

    /// Of a call that was promised a person or a tone to speak after, and got neither. The books of its stream do not change that.
    public static final String NOT_CARRIED_OUT = "not_carried_out";

    /// Whoever hangs up when the stream ends does so at once; an apology takes longer.
    private static final Duration STAYED_ON_THE_LINE = Duration.ofSeconds(3);

    public Verdict decide(CallFacts facts) {
        if (facts.turnedAway().isPresent() && facts.stream().startedAt().isEmpty()) {
            return turnedAway(facts, facts.turnedAway().get());
        }
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

    /// It never had a stream, and was not to have one. A person or a message may still have come of it.
    private Verdict turnedAway(CallFacts facts, String why) {
        if (facts.terminal().isEmpty()) {
            return new Verdict.Open();
        }
        if (facts.person() == CallFacts.Person.ANSWERED) {
            return new Verdict.Final(CallOutcome.TRANSFERRED, why);
        }
        var declined = new Verdict.Final(CallOutcome.DECLINED, why);
        return switch (facts.message()) {
            case LEFT -> new Verdict.Final(CallOutcome.VOICEMAIL, why);
            case NONE_LEFT -> declined;
            case NOT_HEARD_OF -> {
                Terminal terminal = facts.terminal().get();
                // Only a call that was answered can have come to a message.
                Duration grace =
                        terminal.status() == TerminalStatus.COMPLETED ? statusGrace : journalGrace;
                yield unless(facts.now(), terminal.since().plus(grace), () -> declined);
            }
        };
    }

    private Verdict over(CallFacts facts, Terminal terminal) {
        if (facts.stream().endReason().isPresent()) {
            EndReason end = facts.stream().endReason().get();
            if (wasLeftAlone(facts, end, terminal)) {
                return unless(
                        facts.now(),
                        terminal.since().plus(statusGrace),
                        () -> new Verdict.Final(CallOutcome.OUR_FAULT, NOT_CARRIED_OUT));
            }
            return end == EndReason.TRANSFER
                    ? handedToAPerson(facts, terminal.since())
                    : ended(end);
        }
        if (facts.stream().startedAt().isEmpty()) {
            switch (terminal.status()) {
                case FAILED -> {
                    return statusFailed();
                }
                case BUSY, NO_ANSWER -> {
                    // A caller whom we turned away looks like that, and Twilio may tell it before
                    // frontdoor does.
                    return unless(
                            facts.now(),
                            terminal.since().plus(journalGrace),
                            OutcomeRule::statusFailed);
                }
                case CANCELED -> {
                    return new Verdict.Final(CallOutcome.ABANDONED, "canceled_before_answer");
                }
                case NOT_FOUND -> {
                    return new Verdict.Final(CallOutcome.UNKNOWN, "not_at_twilio");
                }
                case COMPLETED -> {}
            }
        }
        Instant due = terminal.since().plus(journalGrace);
        if (!facts.stream().carried() || facts.now().isBefore(due)) {
            return unless(facts.now(), due, () -> noEnd(facts));
        }
        // Whoever carries it lives, and only its books are late: a database that was away, a pod
        // that is busy leaving.
        Instant latest = terminal.since().plus(statusGrace);
        return facts.now().isBefore(latest)
                ? new Verdict.LookAgain(
                        shorter(journalGrace, Duration.between(facts.now(), latest)))
                : noEnd(facts);
    }

    /// action was silent for so long that the caller heard an apology in place of what was planned. Twilio's fallback may still have
    /// taken a message, whose callback is on its way.
    private static boolean wasLeftAlone(CallFacts facts, EndReason end, Terminal terminal) {
        return isUnanswered(facts, end)
                && facts.stream()
                        .endedAt()
                        .map(endedAt -> endedAt.plus(STAYED_ON_THE_LINE))
                        .filter(hungUpBefore -> !terminal.since().isBefore(hungUpBefore))
                        .isPresent();
    }

    /// Whether something was to follow the stream, and nobody has asked what, or reported of it.
    private static boolean isUnanswered(CallFacts facts, EndReason end) {
        return (end == EndReason.TRANSFER || end == EndReason.VOICEMAIL)
                && facts.askedAfterStream().isEmpty()
                && facts.person() == CallFacts.Person.NOT_CALLED
                && facts.message() == CallFacts.Message.NOT_HEARD_OF;
    }

    /// Whoever was promised a person has one, or a message taken, or gave up waiting. None of it is a loss: somebody of the
    /// business can see what came of it.
    ///
    /// @param since when the call was over
    private Verdict handedToAPerson(CallFacts facts, Instant since) {
        return switch (facts.person()) {
            case ANSWERED -> new Verdict.Final(CallOutcome.TRANSFERRED, "transfer");
            case NOT_CALLED ->
                    unless(
                            facts.now(),
                            since.plus(journalGrace),
                            () ->
                                    new Verdict.Final(
                                            CallOutcome.TRANSFERRED, "transfer_unconfirmed"));
            case RINGING -> unless(facts.now(), since.plus(journalGrace), OutcomeRule::gaveUp);
            case UNREACHED ->
                    switch (facts.message()) {
                        case LEFT -> new Verdict.Final(CallOutcome.VOICEMAIL, "transfer_voicemail");
                        case NONE_LEFT -> gaveUp();
                        case NOT_HEARD_OF ->
                                unless(facts.now(), since.plus(statusGrace), OutcomeRule::gaveUp);
                    };
        };
    }

    private static Verdict gaveUp() {
        return new Verdict.Final(CallOutcome.ABANDONED, "transfer_not_answered");
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
                () ->
                        facts.stream()
                                .endReason()
                                .map(end -> quiet(facts, end, quietSince.get()))
                                .orElseGet(() -> noEnd(facts)));
    }

    /// The stream ended a while ago and Twilio says nothing. With a person a call may go on for long. How long the caller stayed tells whether what was planned was carried out; Twilio is asked meanwhile ([#wasLeftAlone]).
    private Verdict quiet(CallFacts facts, EndReason end, Instant since) {
        boolean mayGoOn =
                end == EndReason.TRANSFER
                        ? facts.person() != CallFacts.Person.ANSWERED
                        : isUnanswered(facts, end);
        return mayGoOn
                ? unless(
                        facts.now(),
                        since.plus(LONGEST_WAIT_FOR_A_PERSON),
                        () ->
                                end == EndReason.TRANSFER
                                        ? handedToAPerson(facts, since)
                                        : ended(end))
                : ended(end);
    }

    private static Verdict statusFailed() {
        return new Verdict.Final(CallOutcome.TWILIO_FAILED, "status_failed");
    }

    private Verdict noEnd(CallFacts facts) {
        if (facts.stream().startedAt().isPresent()) {
            return new Verdict.Final(CallOutcome.OUR_FAULT, "stream_without_end");
        }
        return new Verdict.Final(
                CallOutcome.TWILIO_FAILED,
                facts.streamErrorAt().isPresent() ? "stream_error" : "no_stream");
    }

    private static Verdict.Final ended(EndReason end) {
        return new Verdict.Final(outcomeOf(end), end.word());
    }

    /// Of a call whose last stream ended like this, where nothing else is known.
    public static CallOutcome outcomeOf(EndReason end) {
        return switch (end) {
            case ASSISTANT_ENDED, CALLER_SILENT -> CallOutcome.COMPLETED;
            case CALLER_HUNG_UP -> CallOutcome.CALLER_HUNG_UP;
            case TRANSFER -> CallOutcome.TRANSFERRED;
            case VOICEMAIL -> CallOutcome.VOICEMAIL;
            case MODEL_LOST, MODEL_REFUSED, MODEL_SILENT -> CallOutcome.MODEL_FAILED;
            case CALLER_LEG_LOST, PROTOCOL_ERROR -> CallOutcome.TWILIO_FAILED;
            case HANDED_OVER, BUG -> CallOutcome.OUR_FAULT;
        };
    }

    private static Verdict unless(Instant now, Instant due, Supplier<Verdict> decided) {
        return now.isBefore(due)
                ? new Verdict.LookAgain(Duration.between(now, due))
                : decided.get();
    }
}
