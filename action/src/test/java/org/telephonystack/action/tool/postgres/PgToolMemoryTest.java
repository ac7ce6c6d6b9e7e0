package org.telephonystack.action.tool.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.tool.Callers;
import org.telephonystack.action.tool.ToolMemory;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// One tool call hears one answer, whichever processes it reaches.
class PgToolMemoryTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ToolResult FREE =
            ToolResult.success(
                    "three is free", Map.of("available", true, "times", List.of("3", "4")));
    private static final ToolResult TAKEN =
            ToolResult.error("three is taken", Map.of("available", false));

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void theFirstAnswerIsKeptAndTheSecondProcessHearsIt() {
        assertThat(keep(one(), call("a"), FREE)).isEqualTo(FREE);

        assertThat(keep(other(), call("a"), TAKEN)).isEqualTo(FREE);
        assertThat(keep(other(), call("b"), TAKEN)).isEqualTo(TAKEN);
    }

    @Test
    void whoComesWhileAnAnswerIsBeingStoredWaitsForItAndHearsIt() {
        CompletionStage<ToolMemory.Kept> second;
        CompletionStage<ToolMemory.Kept> third;

        try (var first =
                database.transaction(
                        """
                        insert into tool_calls (call_sid, tool_call_id, action, outcome, answer)
                        values ($1, 'a', 'create_booking', 'success', '{"script": "booked", "booking_id": "7"}')
                        """,
                        CALL.value())) {
            second = one().keep(call("a"), TAKEN);
            third = other().keep(call("a"), FREE);
            database.awaitWaiting(2);
            first.commit();
        }

        var booked = ToolResult.success("booked", Map.of("booking_id", "7"));
        assertThat(List.of(await(second).answer(), await(third).answer()))
                .containsExactly(booked, booked);
    }

    /// The booking that came to nothing left no answer: of the two that waited one is kept, and both hear that one.
    @Test
    void ofTwoAnswersAtOnceOneIsKeptAndBothHearIt() {
        CompletionStage<ToolMemory.Kept> second;
        CompletionStage<ToolMemory.Kept> third;

        try (var _ =
                database.transaction(
                        """
                        insert into tool_calls (call_sid, tool_call_id, action, outcome, answer)
                        values ($1, 'a', 'create_booking', 'success', '{"script": "booked"}')
                        """,
                        CALL.value())) {
            second = one().keep(call("a"), TAKEN);
            third = other().keep(call("a"), FREE);
            database.awaitWaiting(2);
        }

        assertThat(await(second).answer()).isEqualTo(await(third).answer()).isIn(TAKEN, FREE);
        assertThat(database.count("select count(*) from tool_calls")).isEqualTo(1);
    }

    @Test
    void whatHasNoIdIsNotKept() {
        var nameless =
                new ToolCall("check_schedule", Map.of(), Optional.of(CALL), Optional.empty());

        assertThat(keep(one(), nameless, FREE)).isEqualTo(FREE);
        assertThat(database.count("select count(*) from tool_calls")).isZero();
    }

    @Test
    void theCallerOfACallIsWhoeverWasHeardOfFirst() {
        assertThat(await(calls().callerOf(CALL))).isEmpty();

        database.execute("insert into calls (call_sid) values ($1)", CALL.value());
        assertThat(await(calls().callerOf(CALL))).isEmpty();

        database.execute("update calls set caller = '+14155550199'");
        assertThat(await(calls().callerOf(CALL))).contains(new Callers.Known("+14155550199", 0));
    }

    @Test
    void whatWasAnsweredToANumberCountsForAMinuteWhicheverCallItWasIn() {
        String otherCall = "CA00000000000000000000000000000002";
        for (String call : List.of(CALL.value(), otherCall)) {
            database.execute(
                    "insert into calls (call_sid, caller) values ($1, '+14155550199')", call);
            answered(call, "now", "0 seconds");
            answered(call, "old", "61 seconds");
        }

        assertThat(await(calls().callerOf(CALL)).orElseThrow().toolCalls()).isEqualTo(2);
        assertThat(await(one().keep(call("new"), FREE)).toolCalls()).isEqualTo(3);
        assertThat(await(other().keep(call("new"), FREE)).toolCalls())
                .as("the same again is no other")
                .isEqualTo(3);
    }

    /// All who withhold their number are not one caller.
    @Test
    void withoutANumberTheCallAloneCounts() {
        for (String caller : List.of("anonymous", "+266696687")) {
            database.execute("delete from tool_calls");
            database.execute("delete from calls");
            for (String call : List.of(CALL.value(), "CA00000000000000000000000000000002")) {
                database.execute(
                        "insert into calls (call_sid, caller) values ($1, $2)", call, caller);
                answered(call, "now", "0 seconds");
            }

            assertThat(await(calls().callerOf(CALL)).orElseThrow().toolCalls()).isEqualTo(1);
            assertThat(await(one().keep(call("new"), FREE)).toolCalls()).isEqualTo(2);
        }
    }

    private void answered(String call, String id, String ago) {
        database.execute(
                """
                insert into tool_calls (call_sid, tool_call_id, action, outcome, answer, at)
                values ($1, $2, 'check_schedule', 'success', '{}', now() - $3::text::interval)
                """,
                call,
                id,
                ago);
    }

    private static ToolResult keep(ToolMemory memory, ToolCall call, ToolResult answer) {
        return await(memory.keep(call, answer)).answer();
    }

    private PgCallDirectory calls() {
        return new PgCallDirectory(database.one(), MINUTE);
    }

    private PgToolMemory one() {
        return new PgToolMemory(database.one(), MINUTE);
    }

    private PgToolMemory other() {
        return new PgToolMemory(database.other(), MINUTE);
    }

    private static ToolCall call(String id) {
        return new ToolCall("check_schedule", Map.of(), Optional.of(CALL), Optional.of(id));
    }
}
