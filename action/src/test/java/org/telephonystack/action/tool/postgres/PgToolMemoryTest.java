package org.telephonystack.action.tool.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// One tool call hears one answer, whichever processes it reaches.
class PgToolMemoryTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");
    private static final ToolResult FREE =
            ToolResult.success(
                    "three is free", Map.of("available", true, "times", List.of("3", "4")));
    private static final ToolResult TAKEN =
            ToolResult.error("three is taken", Map.of("available", false));

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void theFirstAnswerIsKeptAndTheSecondProcessHearsIt() {
        assertThat(await(one().keep(call("a"), FREE))).isEqualTo(FREE);

        assertThat(await(other().keep(call("a"), TAKEN))).isEqualTo(FREE);
        assertThat(await(other().keep(call("b"), TAKEN))).isEqualTo(TAKEN);
    }

    @Test
    void whoComesWhileAnAnswerIsBeingStoredWaitsForItAndHearsIt() {
        CompletionStage<ToolResult> second;
        CompletionStage<ToolResult> third;

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
        assertThat(List.of(await(second), await(third))).containsExactly(booked, booked);
    }

    /// The booking that came to nothing left no answer: of the two that waited one is kept, and both hear that one.
    @Test
    void ofTwoAnswersAtOnceOneIsKeptAndBothHearIt() {
        CompletionStage<ToolResult> second;
        CompletionStage<ToolResult> third;

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

        assertThat(await(second)).isEqualTo(await(third)).isIn(TAKEN, FREE);
        assertThat(database.count("select count(*) from tool_calls")).isEqualTo(1);
    }

    @Test
    void whatHasNoIdIsNotKept() {
        var nameless =
                new ToolCall("check_schedule", Map.of(), Optional.of(CALL), Optional.empty());

        assertThat(await(one().keep(nameless, FREE))).isEqualTo(FREE);
        assertThat(database.count("select count(*) from tool_calls")).isZero();
    }

    @Test
    void theCallerOfACallIsWhoeverWasHeardOfFirst() {
        var calls = new PgCallDirectory(database.one());
        assertThat(await(calls.callerOf(CALL))).isEmpty();

        database.execute("insert into calls (call_sid) values ($1)", CALL.value());
        assertThat(await(calls.callerOf(CALL))).isEmpty();

        database.execute("update calls set caller = '+14155550199'");
        assertThat(await(calls.callerOf(CALL))).contains("+14155550199");
    }

    private PgToolMemory one() {
        return new PgToolMemory(database.one());
    }

    private PgToolMemory other() {
        return new PgToolMemory(database.other());
    }

    private static ToolCall call(String id) {
        return new ToolCall("check_schedule", Map.of(), Optional.of(CALL), Optional.of(id));
    }
}
