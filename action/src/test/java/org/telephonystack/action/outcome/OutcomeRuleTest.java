package org.telephonystack.action.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class OutcomeRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final OutcomeRule RULE =
            new OutcomeRule(Duration.ofSeconds(5), Duration.ofSeconds(60));

    /// Columns: status and seconds since it came; started: whether the stream journaled a start; end and seconds since;
    /// stream-error, after-stream: seconds since. `-` is: never.
    @ParameterizedTest(name = "{0} {1}s, started {2}, {3} {4}s, error {5}s, asked {6}s: {7}")
    @CsvSource({
        // The contract of the edge functions: these three start recovery.
        "failed,      0, no,  -,               -,  -,  -, twilio_failed status_failed",
        "busy,        0, no,  -,               -,  -,  -, twilio_failed status_failed",
        "no-answer,   0, no,  -,               -,  -,  -, twilio_failed status_failed",
        "canceled,    0, no,  -,               -,  -,  -, abandoned canceled_before_answer",
        // Completed says nothing by itself: how the stream ended does.
        "completed,   0, yes, assistant_ended, 1,  -,  -, completed assistant_ended",
        "completed,   0, yes, caller_silent,   1,  -,  -, completed caller_silent",
        "completed,   0, yes, caller_hung_up,  1,  -,  -, caller_hung_up caller_hung_up",
        "completed,   0, yes, transfer,        1,  -,  -, transferred transfer",
        "completed,   0, yes, voicemail,       1,  -,  -, voicemail voicemail",
        "completed,   0, yes, model_lost,      1,  -,  -, model_failed model_lost",
        "completed,   0, yes, model_refused,   1,  -,  -, model_failed model_refused",
        "completed,   0, yes, model_silent,    1,  -,  -, model_failed model_silent",
        "completed,   0, yes, caller_leg_lost, 1,  -,  -, twilio_failed caller_leg_lost",
        "completed,   0, no,  protocol_error,  1,  -,  -, twilio_failed protocol_error",
        "completed,   0, yes, bug,             1,  -,  -, our_fault bug",
        "completed,   0, yes, handed_over,     1,  -,  -, our_fault handed_over",
        "failed,      0, yes, caller_hung_up,  1,  -,  -, caller_hung_up caller_hung_up",
        // The journal may be late; then it is missing.
        "completed,   0, yes, -,               -,  -,  -, again 5",
        "completed,   4, yes, -,               -,  -,  -, again 1",
        "completed,   5, yes, -,               -,  -,  -, our_fault stream_without_end",
        "failed,      5, yes, -,               -,  -,  -, our_fault stream_without_end",
        "completed,   0, no,  -,               -,  -,  -, again 5",
        "completed,   5, no,  -,               -,  -,  -, twilio_failed no_stream",
        "completed,   5, no,  -,               -,  6,  -, twilio_failed stream_error",
        // Somebody was on the line and the stream was gone: certain at once.
        "-,           -, yes, model_lost,      1,  -,  0, model_failed model_lost",
        "-,           -, yes, handed_over,     1,  -,  0, our_fault handed_over",
        "-,           -, yes, -,               -,  -,  0, our_fault stream_without_end",
        "-,           -, no,  -,               -,  0,  0, twilio_failed stream_error",
        "completed,   0, no,  -,               -,  -,  1, twilio_failed no_stream",
        // A planned end goes on with what was planned.
        "-,           -, yes, transfer,        1,  -,  0, again 59",
        "-,           -, yes, assistant_ended, 1,  -,  0, again 59",
        // Twilio's last callback may never come.
        "-,           -, yes, caller_hung_up, 60,  -,  -, caller_hung_up caller_hung_up",
        "-,           -, yes, model_lost,     60,  -,  -, model_failed model_lost",
        "-,           -, no,  -,               -, 59,  -, again 1",
        "-,           -, no,  -,               -, 60,  -, twilio_failed stream_error",
        "-,           -, yes, -,               -,  -,  -, open",
        "-,           -, no,  -,               -,  -,  -, open",
        // A word Twilio may invent is not terminal.
        "evaporated,  9, yes, -,               -,  -,  -, open",
    })
    void theOutcomeFollowsFromWhatIsKnown(
            String status,
            String statusAge,
            String started,
            String end,
            String endAge,
            String errorAge,
            String askedAge,
            String expected) {
        var events = new ArrayList<Evidence.Heard>();
        ago(statusAge).ifPresent(at -> events.add(heard(CallEvent.Kind.CALL_STATUS, status, at)));
        ago(errorAge).ifPresent(at -> events.add(heard(CallEvent.Kind.STREAM, "stream-error", at)));
        ago(askedAge)
                .ifPresent(at -> events.add(heard(CallEvent.Kind.AFTER_STREAM, "in-progress", at)));
        var stream =
                new CallFacts.Stream(
                        started.equals("yes")
                                ? Optional.of(NOW.minusSeconds(90))
                                : Optional.empty(),
                        ago(endAge),
                        EndReason.ofWord(end));

        Verdict verdict = RULE.decide(facts(stream, events));

        assertThat(text(verdict)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void everyEndThatWasNotPlannedIsALoss(EndReason end) {
        var stream = new CallFacts.Stream(Optional.of(NOW), Optional.of(NOW), Optional.of(end));

        Verdict verdict =
                RULE.decide(
                        facts(
                                stream,
                                List.of(heard(CallEvent.Kind.CALL_STATUS, "completed", NOW))));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Final.class,
                        decided ->
                                assertThat(decided.outcome().isLost())
                                        .isEqualTo(OutcomeRule.isCutOff(end)));
    }

    @Test
    void aTerminalStatusThatCameWithTheQuestionAfterTheStreamMeansThatNobodyWaits() {
        CallFacts facts =
                facts(
                        CallFacts.Stream.NONE,
                        List.of(heard(CallEvent.Kind.AFTER_STREAM, "completed", NOW)));

        assertThat(facts.askedAfterStream()).isEmpty();
        assertThat(facts.terminal().map(CallFacts.Terminal::status))
                .contains(TerminalStatus.COMPLETED);
    }

    @Test
    void aCallThatStartsElsewhereIsNotInbound() {
        var event =
                new Evidence.Heard(
                        "call_status", Optional.of("failed"), Optional.of("outbound-api"), NOW);

        assertThat(facts(CallFacts.Stream.NONE, List.of(event)).inbound()).isFalse();
    }

    private static CallFacts facts(CallFacts.Stream stream, List<Evidence.Heard> events) {
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

    private static Evidence.Heard heard(CallEvent.Kind kind, @Nullable String status, Instant at) {
        return new Evidence.Heard(kind.word(), Optional.ofNullable(status), Optional.empty(), at);
    }

    private static Optional<Instant> ago(String seconds) {
        return seconds.equals("-")
                ? Optional.empty()
                : Optional.of(NOW.minusSeconds(Long.parseLong(seconds)));
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Final(var outcome, var reason) -> outcome.word() + " " + reason;
            case Verdict.LookAgain(var after) -> "again " + after.toSeconds();
            case Verdict.Open() -> "open";
        };
    }
}
