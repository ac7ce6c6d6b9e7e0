package org.telephonystack.action.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.outcome.OutcomeCases.NOW;
import static org.telephonystack.action.outcome.OutcomeCases.RULE;
import static org.telephonystack.action.outcome.OutcomeCases.facts;
import static org.telephonystack.action.outcome.OutcomeCases.heard;
import static org.telephonystack.action.outcome.OutcomeCases.leg;
import static org.telephonystack.action.outcome.OutcomeCases.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.telephonystack.model.EndReason;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Calls that went on, or were to go on, with a person of the business.
class PromisedAPersonTest {

    /// Columns: what the person's leg reported last, what the recording did, seconds since the call was over.
    @ParameterizedTest(name = "leg {0}, recording {1}, over for {2} s: {3}")
    @CsvSource({
        "in-progress, -,         0, transferred transfer",
        "completed,   -,         0, transferred transfer",
        "completed,   completed, 0, transferred transfer",
        "-,           -,         4, again 1",
        "-,           -,         5, transferred transfer_unconfirmed",
        "initiated,   -,         4, again 1",
        "ringing,     -,         5, abandoned transfer_not_answered",
        "no-answer,   -,         0, again 60",
        "no-answer,   -,        60, abandoned transfer_not_answered",
        "no-answer,   absent,    0, abandoned transfer_not_answered",
        "no-answer,   completed, 0, voicemail transfer_voicemail",
        "busy,        completed, 0, voicemail transfer_voicemail",
        "failed,      completed, 0, voicemail transfer_voicemail",
        "canceled,    -,        60, abandoned transfer_not_answered",
    })
    void whoeverWasPromisedAPersonHasOneOrAMessageOrGaveUp(
            String person, String recording, int overFor, String expected) {
        var events = new ArrayList<Evidence.Heard>();
        events.add(heard(CallEvent.Kind.CALL_STATUS, "completed", NOW.minusSeconds(overFor)));
        if (!person.equals("-")) {
            for (String word : new String[] {person, "initiated"}) {
                events.add(leg(word, NOW));
            }
        }
        if (!recording.equals("-")) {
            events.add(heard(CallEvent.Kind.RECORDING, recording, NOW));
        }
        var stream =
                new CallFacts.Stream(
                        Optional.of(NOW), Optional.of(NOW), Optional.of(EndReason.TRANSFER));

        CallFacts facts = facts(stream, events);

        assertThat(text(RULE.decide(facts))).isEqualTo(expected);
        assertThat(facts.inbound()).isTrue();
        assertThat(facts.terminal().map(CallFacts.Terminal::status))
                .contains(TerminalStatus.COMPLETED);
    }

    /// Nobody asked action what the end meant, but whatever was played instead put them through or took a message.
    @ParameterizedTest(name = "{0}, leg {1}, recording {2}: {3}")
    @CsvSource({
        "transfer,  -,           -,         our_fault",
        "transfer,  in-progress, -,         transferred",
        "transfer,  no-answer,   completed, voicemail",
        "voicemail, -,           -,         our_fault",
        "voicemail, -,           completed, voicemail",
        "voicemail, -,           absent,    voicemail",
    })
    void whoStayedOnTheLineAndGotNeitherWasLost(
            String end, String person, String recording, String expected) {
        Instant over = NOW.minusSeconds(60);
        var events = new ArrayList<Evidence.Heard>();
        events.add(heard(CallEvent.Kind.CALL_STATUS, "completed", over));
        if (!person.equals("-")) {
            events.add(leg(person, over));
        }
        if (!recording.equals("-")) {
            events.add(heard(CallEvent.Kind.RECORDING, recording, over));
        }
        Instant ended = over.minusSeconds(8);
        var stream =
                new CallFacts.Stream(Optional.of(ended), Optional.of(ended), EndReason.ofWord(end));

        var decided = (Verdict.Final) RULE.decide(facts(stream, events));

        assertThat(decided.outcome().word()).isEqualTo(expected);
        assertThat(decided.deservesText()).isEqualTo(expected.equals("our_fault"));
    }

    /// Columns: why, how the call ended, what the person's leg and the recording reported last, seconds since the call was over,
    /// the outcome (and whether a text follows) or how long to wait.
    @ParameterizedTest(name = "{0}, {1}, leg {2}, recording {3}, over for {4} s: {5}")
    @CsvSource({
        "full,     completed, -,         -,          0, again 60, false",
        "full,     completed, -,         -,         10, again 50, false",
        "full,     completed, -,         -,         60, declined full, true",
        "full,     completed, no-answer, -,         10, again 50, false",
        "full,     completed, no-answer, absent,     0, declined full, true",
        "full,     completed, -,         absent,     0, declined full, true",
        "full,     completed, -,         completed, 10, voicemail full, false",
        "full,     completed, completed, -,         10, transferred full, false",
        "full,     no-answer, -,         -,          4, again 1, false",
        "full,     canceled,  -,         -,          5, declined full, true",
        "blocked,  no-answer, -,         -,          5, declined blocked, false",
        "at_limit, completed, -,         -,         60, declined at_limit, false",
        "at_limit, completed, -,         absent,     0, declined at_limit, false",
    })
    void aCallThatWasTurnedAwayIsDeclinedUnlessAPersonAnsweredOrAMessageWasLeft(
            String why,
            String status,
            String person,
            String recording,
            int overFor,
            String expected,
            boolean text) {
        Instant over = NOW.minusSeconds(overFor);
        var events =
                new ArrayList<>(
                        List.of(
                                heard(CallEvent.Kind.ANNOUNCED, why, over),
                                heard(CallEvent.Kind.CALL_STATUS, status, over)));
        if (!person.equals("-")) {
            events.add(leg(person, over));
        }
        if (!recording.equals("-")) {
            events.add(heard(CallEvent.Kind.RECORDING, recording, over));
        }

        Verdict verdict = RULE.decide(facts(CallFacts.Stream.NONE, events));

        assertThat(text(verdict)).isEqualTo(expected);
        assertThat(verdict instanceof Verdict.Final decided && decided.deservesText())
                .isEqualTo(text);
    }
}
