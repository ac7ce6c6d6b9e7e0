package org.telephonystack.action.booking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.tool.CallerLimit;
import org.telephonystack.action.tool.Callers;
import org.telephonystack.action.tool.CreateBookingTool;
import org.telephonystack.action.tool.ToolEvents;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.Tools;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A database that freezes and comes back: what was asked of it before is answered then, long after the caller has heard
/// that it did not work.
class LateAnswerTest {

    private final FakeBookingStore store = new FakeBookingStore(1);
    private final CurrentBusiness business = new CurrentBusiness(new OneBusiness());
    private final BookingDesk desk =
            new BookingDesk(
                    business,
                    store,
                    Clock.fixed(Instant.parse("2026-11-23T15:00:00Z"), ZoneOffset.UTC),
                    Duration.ofMillis(5));

    @Test
    void aCallersNumberThatIsFoundTooLateBooksNothing() {
        var number = new CompletableFuture<Optional<Callers.Known>>();
        var tool =
                new CreateBookingTool(
                        desk,
                        new Callers(
                                _ -> number,
                                new CallerLimit(1, Duration.ofMinutes(1), Instant::now)),
                        business,
                        new NoEvents());
        var wish = new Tools.CreateBooking("2026-11-24T15:00", Optional.empty());
        var call =
                new ToolCall(
                        "create_booking",
                        Map.of(),
                        Optional.of(new CallSid("CA1")),
                        Optional.of("call_1"));

        var answer = tool.handle(wish, call).toCompletableFuture();
        Deadline later = desk.deadline();
        while (!later.hasPassed()) {
            Thread.onSpinWait();
        }
        number.complete(Optional.of(new Callers.Known("+14155550199", 0)));

        assertThat(answer).isCompletedExceptionally();
        assertThat(store.bookings()).isEmpty();
    }

    private static final class NoEvents implements ToolEvents {
        @Override
        public void onBooking(Booking result, Optional<CallSid> callSid) {}

        @Override
        public void onTooMany(String action, Optional<CallSid> callSid) {}

        @Override
        public void onFailure(String action, Optional<CallSid> callSid, Throwable failure) {}
    }

    private static final class OneBusiness implements BusinessStore {
        @Override
        public CompletionStage<Optional<Business>> load() {
            return CompletableFuture.completedFuture(
                    Optional.of(Businesses.in("America/New_York")));
        }

        @Override
        public CompletionStage<Void> apply(Business business, AdmissionRules rules) {
            throw new UnsupportedOperationException();
        }
    }
}
