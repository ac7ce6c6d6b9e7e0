package org.telephonystack.action.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.tool.ToolDispatcher.Registration;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;
import org.telephonystack.model.tool.Tools;
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
    private final CurrentBusiness business = new CurrentBusiness(new NoBusiness());
    private final Callers callers =
            new Callers(_ ->
                    databaseAway
                            ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                            : CompletableFuture.completedFuture(Optional.of(CALLER)));
    private final ToolDispatcher dispatcher =
            new ToolDispatcher(
                    business,
                    new Seen(seen),
                    (_, answer) -> CompletableFuture.completedFuture(answer),
                    callers,
                    new CallerLimit(2, Duration.ofMinutes(1), () -> Instant.EPOCH),
                    List.of(
                            new Registration<>(Tools.SEND_BOOKING_LINK, new Fine(callers)),
                            new Registration<>(Tools.END_CALL, new EndCallTool(business))));

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
        var hanging = new Callers(_ -> new CompletableFuture<>());
        var hung =
                new ToolDispatcher(
                        business,
                        new Seen(seen),
                        (_, answer) -> CompletableFuture.completedFuture(answer),
                        hanging,
                        new CallerLimit(2, Duration.ofMinutes(1), () -> Instant.EPOCH),
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
    void goodbyeCanAlwaysBeSaid() {
        for (int i = 0; i < 9; i++) {
            send("CA1");
        }

        assertThat(seen).isNotEmpty();
        assertThat(dispatch("end_call", "CA1").outcome()).isEqualTo(Outcome.SUCCESS);
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
        return dispatch("send_booking_link", callSid);
    }

    private ToolResult dispatch(String action, String callSid) {
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
                    .exceptionally(_ -> Optional.empty())
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
        public CompletionStage<Void> apply(Business applied) {
            throw new UnsupportedOperationException();
        }
    }
}
