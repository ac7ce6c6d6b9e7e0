package org.telephonystack.action.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.action.outcome.Evidence.Heard;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Calls that ended as they should, their news in every order and some of it twice: nobody is texted at any moment, and the first
/// outcome that is decided is the right one.
class WellEndedInAnyOrderTest {

    private static final int ORDERS = 500;
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final OutcomeRule RULE =
            new OutcomeRule(Duration.ofSeconds(5), Duration.ofSeconds(60));

    enum Call {
        GOODBYE(
                CallOutcome.COMPLETED,
                EndReason.ASSISTANT_ENDED,
                "announced -",
                "stream stream-started",
                "stream stream-stopped",
                "after_stream in-progress",
                "call_status in-progress",
                "call_status completed"),
        HUNG_UP(
                CallOutcome.CALLER_HUNG_UP,
                EndReason.CALLER_HUNG_UP,
                "announced -",
                "stream stream-stopped",
                "after_stream completed",
                "call_status completed"),
        TRANSFERRED(
                CallOutcome.TRANSFERRED,
                EndReason.TRANSFER,
                "announced -",
                "after_stream in-progress",
                "leg initiated",
                "leg ringing",
                "leg in-progress",
                "leg completed",
                "call_status completed"),
        NOBODY_THERE_AND_A_MESSAGE(
                CallOutcome.VOICEMAIL,
                EndReason.TRANSFER,
                "after_stream in-progress",
                "leg initiated",
                "leg ringing",
                "leg no-answer",
                "recording in-progress",
                "recording completed",
                "call_status completed"),
        MESSAGE(
                CallOutcome.VOICEMAIL,
                EndReason.VOICEMAIL,
                "announced -",
                "after_stream in-progress",
                "recording in-progress",
                "recording completed",
                "call_status completed"),
        FULL_HOUSE_AND_A_MESSAGE(
                CallOutcome.VOICEMAIL,
                null,
                "announced full",
                "recording in-progress",
                "recording completed",
                "call_status completed");

        private final CallOutcome outcome;
        private final Optional<EndReason> end;
        private final String news;

        Call(CallOutcome outcome, @Nullable EndReason end, String... news) {
            this.outcome = outcome;
            this.end = Optional.ofNullable(end);
            this.news = String.join(",", news);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsTextedAndTheFirstOutcomeIsTheRightOne(Call call) {
        for (int seed = 0; seed < ORDERS; seed++) {
            List<String> order = inSomeOrder(List.of(call.news.split(",")), new Random(seed));
            Verdict.Final decided = firstDecision(call, order);

            assertThat(decided.outcome()).as("%s", order).isEqualTo(call.outcome);
            assertThat(decided.deservesText()).as("%s", order).isFalse();
        }
    }

    private static List<String> inSomeOrder(List<String> news, Random random) {
        var all = new ArrayList<>(news);
        news.stream().filter(_ -> random.nextInt(3) == 0).forEach(all::add);
        Collections.shuffle(all, random);
        return all;
    }

    /// Looked at after each piece of news, and once more when nothing came for an hour.
    private static Verdict.Final firstDecision(Call call, List<String> order) {
        var heard = new ArrayList<Heard>();
        Instant now = START;
        for (String news : order) {
            now = now.plus(BETWEEN);
            heard.add(heard(news, now));
            if (decide(call, heard, now) instanceof Verdict.Final end) {
                return end;
            }
        }
        return (Verdict.Final) decide(call, heard, now.plus(Duration.ofHours(1)));
    }

    private static Verdict decide(Call call, List<Heard> heard, Instant now) {
        var stream =
                call.end.isEmpty()
                        ? CallFacts.Stream.NONE
                        : new CallFacts.Stream(Optional.of(START), Optional.of(START), call.end);
        return RULE.decide(
                new Evidence(
                                new CallSid("CA1"),
                                Optional.of("+14155550199"),
                                Optional.of("+18005550123"),
                                Optional.empty(),
                                stream,
                                Optional.empty(),
                                heard,
                                now)
                        .facts());
    }

    private static Heard heard(String news, Instant at) {
        String[] words = news.split(" ");
        boolean leg = words[0].equals("leg");
        return new Heard(
                leg ? "call_status" : words[0],
                Optional.of(words[1]).filter(word -> !word.equals("-")),
                Optional.of(leg ? "outbound-dial" : "inbound"),
                leg,
                at);
    }
}
