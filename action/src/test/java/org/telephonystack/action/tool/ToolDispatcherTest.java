package org.telephonystack.action.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.tool.ToolDispatcher.Registration;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.model.tool.Tools.CheckSchedule;
import org.telephonystack.model.tool.Tools.SendBookingLink;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// One caller has so many tool calls, whatever their calls are called.
class ToolDispatcherTest {

    private static final String CALLER = "+14155550199";

    private final List<String> seen = new ArrayList<>();
    private boolean databaseAway;
    private boolean counts;
    private int answered;
    private final CurrentBusiness business = new CurrentBusiness(new NoBusiness());
    private final ToolDispatcher dispatcher = dispatcher();

    /// As in one process of several: what they have in common is the database.
    private ToolDispatcher dispatcher() {
        var limit = new CallerLimit(2, Duration.ofMinutes(1), () -> Instant.EPOCH);
        var callers =
                new Callers(
                        _ ->
                                databaseAway
                                        ? CompletableFuture.failedFuture(
                                                new IllegalStateException("away"))
                                        : CompletableFuture.completedFuture(
                                                Optional.of(new Callers.Known(CALLER, answered))),
                        limit);
        return new ToolDispatcher(
                business,
                new Seen(seen),
                (_, answer) ->
                        CompletableFuture.completedFuture(
                                new ToolMemory.Kept(answer, counts ? ++answered : 0)),
                callers,
                limit,
                List.of(
                        new Registration<>(Tools.SEND_BOOKING_LINK, new Fine(callers)),
                        new Registration<>(Tools.CHECK_SCHEDULE, new AsksNobody()),
                        new Registration<>(Tools.END_CALL, new EndCallTool(business))));
    }

    @Test
    void beyondTheLimitNothingIsDoneAndThereIsStillASentence() {
        assertThat(send("CA1").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(send("CA1").outcome()).isEqualTo(Outcome.SUCCESS);

        // Counted for the number from here on, which the first two have found.
        assertThat(send("CA1").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(send("CA2").outcome())
                .as("a call of which nothing is known yet")
                .isEqualTo(Outcome.SUCCESS);
        ToolResult beyond = send("CA2");

        assertThat(beyond.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(beyond.script()).contains("that's all I can do for you in this call");
        assertThat(seen).containsExactly("too many: send_booking_link");
    }

    /// It counts from its first line until when it may still book: that line must not wait for anybody.
    @Test
    void aDatabaseThatHangsDoesNotHoldTheHandlerUp() {
        var begun = new ArrayList<String>();
        var limit = new CallerLimit(2, Duration.ofMinutes(1), () -> Instant.EPOCH);
        var hanging = new Callers(_ -> new CompletableFuture<>(), limit);
        var hung =
                new ToolDispatcher(
                        business,
                        new Seen(seen),
                        (_, answer) ->
                                CompletableFuture.completedFuture(new ToolMemory.Kept(answer, 0)),
                        hanging,
                        limit,
                        List.of(
                                new Registration<>(
                                        Tools.SEND_BOOKING_LINK, new Begins(begun, hanging))));

        var _ = hung.dispatch(call("send_booking_link", "CA1"));

        assertThat(begun).containsExactly("send_booking_link");
    }

    private record Begins(List<String> begun, Callers callers)
            implements ToolHandler<SendBookingLink> {
        @Override
        public CompletionStage<ToolResult> handle(SendBookingLink nothing, ToolCall call) {
            begun.add(call.action());
            return callers.of(call).thenApply(_ -> ToolResult.success("done", Map.of()));
        }

        @Override
        public ToolResult unavailable(Optional<Business> known) {
            return ToolResult.error("away", Map.of());
        }
    }

    @Test
    void twoProcessesTogetherAnswerNoMoreThanOne() {
        counts = true;
        ToolDispatcher other = dispatcher();

        assertThat(send(dispatcher, "CA1").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(send(other, "CA2").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(send(dispatcher, "CA1").outcome()).isEqualTo(Outcome.ERROR);
        assertThat(send(other, "CA2").script()).contains("that's all I can do");
        assertThat(answered).isEqualTo(2);
        assertThat(seen)
                .containsExactly("too many: send_booking_link", "too many: send_booking_link");
    }

    /// A tool that asks nobody who calls hears of the others' count when its answer is kept: one more for each process.
    @Test
    void aToolThatDoesNotAskWhoCallsIsCountedWithItsAnswer() {
        counts = true;
        ToolDispatcher other = dispatcher();

        for (int i = 0; i < 5; i++) {
            dispatch(dispatcher, "check_schedule", "CA1");
            dispatch(other, "check_schedule", "CA1");
        }

        assertThat(answered).isEqualTo(3);
    }

    private static final class AsksNobody implements ToolHandler<CheckSchedule> {
        @Override
        public CompletionStage<ToolResult> handle(CheckSchedule wish, ToolCall call) {
            return CompletableFuture.completedFuture(ToolResult.success("free", Map.of()));
        }

        @Override
        public ToolResult unavailable(Optional<Business> known) {
            return ToolResult.error("away", Map.of());
        }
    }

    @Test
    void goodbyeCanAlwaysBeSaid() {
        for (int i = 0; i < 9; i++) {
            send("CA1");
        }

        assertThat(seen).isNotEmpty();
        assertThat(dispatch(dispatcher, "end_call", "CA1").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void withoutTheDatabaseTheCallItselfIsCounted() {
        databaseAway = true;

        for (int i = 0; i < 2; i++) {
            assertThat(send("CA1").outcome()).isEqualTo(Outcome.SUCCESS);
        }
        assertThat(send("CA1").outcome()).isEqualTo(Outcome.ERROR);
        assertThat(send("CA2").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private ToolResult send(String callSid) {
        return send(dispatcher, callSid);
    }

    private static ToolResult send(ToolDispatcher dispatcher, String callSid) {
        return dispatch(dispatcher, "send_booking_link", callSid);
    }

    private static ToolResult dispatch(ToolDispatcher dispatcher, String action, String callSid) {
        return dispatcher.dispatch(call(action, callSid)).toCompletableFuture().join();
    }

    private static ToolCall call(String action, String callSid) {
        return new ToolCall(action, Map.of(), Optional.of(new CallSid(callSid)), Optional.empty());
    }

    /// Finds out who calls, as real ones do.
    private record Fine(Callers callers) implements ToolHandler<SendBookingLink> {
        @Override
        public CompletionStage<ToolResult> handle(SendBookingLink nothing, ToolCall call) {
            return callers.of(call)
                    .exceptionally(failure -> {
                        if (failure.getCause() instanceof TooManyToolCalls tooMany) {
                            throw tooMany;
                        }
                        return Optional.empty();
                    })
                    .thenApply(_ -> ToolResult.success("done", Map.of()));
        }

        @Override
        public ToolResult unavailable(Optional<Business> known) {
            return ToolResult.error("away", Map.of());
        }
    }

    private record Seen(List<String> events) implements ToolEvents {
        @Override
        public void onBooking(Booking result, Optional<CallSid> callSid) {}

        @Override
        public void onTooMany(String action, Optional<CallSid> callSid) {
            events.add("too many: " + action);
        }

        @Override
        public void onFailure(String action, Optional<CallSid> callSid, Throwable failure) {
            events.add("failed: " + action);
        }
    }

    private static final class NoBusiness implements BusinessStore {
        @Override
        public CompletionStage<Optional<Business>> load() {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<Void> apply(Business applied, AdmissionRules rules) {
            throw new UnsupportedOperationException();
        }
    }
}
