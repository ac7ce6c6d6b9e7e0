package org.telephonystack.action.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.outcome.OutcomeCases.NOW;
import static org.telephonystack.action.outcome.OutcomeCases.RULE;
import static org.telephonystack.action.outcome.OutcomeCases.ago;
import static org.telephonystack.action.outcome.OutcomeCases.facts;
import static org.telephonystack.action.outcome.OutcomeCases.heard;
import static org.telephonystack.action.outcome.OutcomeCases.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.model.EndReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class OutcomeRuleTest {

    /// Columns: status and seconds since it came; started: whether the stream journaled a start; end and seconds since;
    /// stream-error, after-stream: seconds since. `-` is: never.
    @ParameterizedTest(name = "{0} {1}s, started {2}, {3} {4}s, error {5}s, asked {6}s: {7}")
    @CsvSource({
        // The contract of the edge functions: these three start recovery.
        "failed,      0, no,  -,               -,  -,  -, twilio_failed status_failed",
        "busy,        5, no,  -,               -,  -,  -, twilio_failed status_failed",
        "no-answer,   5, no,  -,               -,  -,  -, twilio_failed status_failed",
        // Perhaps we turned them away, and that is told later.
        "busy,        0, no,  -,               -,  -,  -, again 5",
        "no-answer,   4, no,  -,               -,  -,  -, again 1",
        "canceled,    0, no,  -,               -,  -,  -, abandoned canceled_before_answer",
        // Completed says nothing by itself: how the stream ended does.
        "completed,   0, yes, assistant_ended, 1,  -,  -, completed assistant_ended",
        "completed,   0, yes, caller_silent,   1,  -,  -, completed caller_silent",
        "completed,   0, yes, caller_hung_up,  1,  -,  -, caller_hung_up caller_hung_up",
        "completed,   0, yes, transfer,        1,  -,  -, again 5",
        "completed,   5, yes, transfer,        1,  -,  -, transferred transfer_unconfirmed",
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
        // Nobody asked what the end meant, and the caller stayed on the line: for an apology.
        "completed,   0, yes, transfer,        3,  -,  -, again 60",
        "completed,  57, yes, transfer,       60,  -,  -, again 3",
        "completed,  60, yes, transfer,       63,  -,  -, our_fault not_carried_out",
        "completed,   0, yes, voicemail,       3,  -,  -, again 60",
        "completed,  60, yes, voicemail,      63,  -,  -, our_fault not_carried_out",
        // A caller who hangs up does so at once.
        "completed,  60, yes, transfer,       62,  -,  -, transferred transfer_unconfirmed",
        "completed,  60, yes, voicemail,      62,  -,  -, voicemail voicemail",
        "completed,  60, yes, transfer,       80,  -, 79, transferred transfer_unconfirmed",
        "completed,  60, yes, voicemail,      80,  -, 79, voicemail voicemail",
        "completed,  60, yes, assistant_ended, 80, -,  -, completed assistant_ended",
        // How long the call went on is not known yet: Twilio is asked.
        "-,           -, yes, voicemail,      60,  -,  -, again 840",
        "-,           -, yes, voicemail,     900,  -,  -, voicemail voicemail",
        "-,           -, yes, voicemail,      60,  -, 59, voicemail voicemail",
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

    /// The whole table: how the stream ended, by what else is known. Columns: completed now, completed 5 s ago, busy now, canceled
    /// 5 s ago, asked after the stream with the caller on the line, nothing for 60 s, completed and asked, failed 60 s ago.
    @ParameterizedTest(name = "{0}, started {1}")
    @CsvSource({
        "-,               no,  again, twilio_failed, again, abandoned, twilio_failed, open, twilio_failed, twilio_failed",
        "-,               yes, again, our_fault, again, our_fault, our_fault, open, our_fault, our_fault",
        "assistant_ended, yes, completed, completed, completed, completed, again, completed, completed, completed",
        "caller_silent,   yes, completed, completed, completed, completed, again, completed, completed, completed",
        "caller_hung_up,  yes, caller_hung_up, caller_hung_up, caller_hung_up, caller_hung_up, again, caller_hung_up, caller_hung_up, caller_hung_up",
        "transfer,        yes, again, transferred, again, transferred, again, again, again, transferred",
        "voicemail,       yes, voicemail, voicemail, voicemail, voicemail, again, again, voicemail, voicemail",
        "handed_over,     yes, our_fault, our_fault, our_fault, our_fault, our_fault, our_fault, our_fault, our_fault",
        "model_lost,      yes, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed",
        "model_refused,   yes, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed",
        "model_silent,    yes, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed, model_failed",
        "caller_leg_lost, yes, twilio_failed, twilio_failed, twilio_failed, twilio_failed, twilio_failed, twilio_failed, twilio_failed, twilio_failed",
        "protocol_error,  no,  twilio_failed, twilio_failed, twilio_failed, twilio_failed, twilio_failed, twilio_failed, twilio_failed, twilio_failed",
        "bug,             yes, our_fault, our_fault, our_fault, our_fault, our_fault, our_fault, our_fault, our_fault",
    })
    void everyEndMeetsEverythingElse(ArgumentsAccessor row) {
        String end = row.getString(0);
        for (int column = 0; column < SITUATIONS.size(); column++) {
            Situation situation = SITUATIONS.get(column);
            var stream =
                    new CallFacts.Stream(
                            row.getString(1).equals("yes")
                                    ? Optional.of(NOW.minusSeconds(90))
                                    : Optional.empty(),
                            end.equals("-")
                                    ? Optional.empty()
                                    : ago(situation.events().isEmpty() ? "60" : "1"),
                            EndReason.ofWord(end));

            Verdict verdict = RULE.decide(facts(stream, situation.events()));

            assertThat(text(verdict).replaceAll(" .*", ""))
                    .as(situation.name())
                    .isEqualTo(row.getString(2 + column));
        }
    }

    private record Situation(String name, List<Evidence.Heard> events) {}

    private static final List<Situation> SITUATIONS =
            List.of(
                    new Situation("completed now", List.of(status("completed", 0))),
                    new Situation("completed a while ago", List.of(status("completed", 5))),
                    new Situation("busy", List.of(status("busy", 0))),
                    new Situation("canceled", List.of(status("canceled", 5))),
                    new Situation("asked", List.of(asked(0))),
                    new Situation("quiet", List.of()),
                    new Situation("completed and asked", List.of(status("completed", 0), asked(1))),
                    new Situation("failed", List.of(status("failed", 60))));

    private static Evidence.Heard status(String word, int secondsAgo) {
        return heard(CallEvent.Kind.CALL_STATUS, word, NOW.minusSeconds(secondsAgo));
    }

    private static Evidence.Heard asked(int secondsAgo) {
        return heard(CallEvent.Kind.AFTER_STREAM, "in-progress", NOW.minusSeconds(secondsAgo));
    }

    /// A database that is slow for a minute must not make lost callers of people who said goodbye.
    @ParameterizedTest
    @CsvSource({"5, again 5", "57, again 3", "60, our_fault stream_without_end"})
    void whatALivingProcessCarriesIsWaitedForLonger(int seconds, String expected) {
        var stream =
                new CallFacts.Stream(
                        Optional.of(NOW.minusSeconds(90)),
                        Optional.empty(),
                        Optional.empty(),
                        true);

        Verdict verdict =
                RULE.decide(
                        facts(
                                stream,
                                List.of(
                                        heard(
                                                CallEvent.Kind.CALL_STATUS,
                                                "completed",
                                                NOW.minusSeconds(seconds)))));

        assertThat(text(verdict)).isEqualTo(expected);
    }

    @Test
    void aCallThatTwilioDoesNotKnowIsOverAndNobodyKnowsHow() {
        assertThat(
                        text(
                                RULE.decide(
                                        facts(
                                                CallFacts.Stream.NONE,
                                                List.of(
                                                        heard(
                                                                CallEvent.Kind.CALL_STATUS,
                                                                "not-found",
                                                                NOW))))))
                .isEqualTo("unknown not_at_twilio");
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void everyEndThatWasNotPlannedIsALoss(EndReason end) {
        var stream = new CallFacts.Stream(Optional.of(NOW), Optional.of(NOW), Optional.of(end));

        Verdict verdict =
                RULE.decide(
                        facts(
                                stream,
                                List.of(
                                        heard(
                                                CallEvent.Kind.CALL_STATUS,
                                                "completed",
                                                NOW.minusSeconds(5)))));

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
}
