package org.telephonystack.action.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.booking.Deadline;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.followup.FollowUpStore;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.SendBookingLink;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The caller waits for the link: it is sent as soon as it is stored.
class SendBookingLinkToolTest {

    private final List<String> happened = new ArrayList<>();

    @Test
    void aLinkThatIsStoredIsSentAtOnce() {
        ToolResult answer = ask(new Store(true));

        assertThat(answer.outcome()).isEqualTo(ToolResult.Outcome.SUCCESS);
        assertThat(happened).containsExactly("stored", "woken");
    }

    @Test
    void whereNoneMayBeSentNobodyIsWoken() {
        ToolResult answer = ask(new Store(false));

        assertThat(answer.outcome()).isEqualTo(ToolResult.Outcome.ERROR);
        assertThat(happened).containsExactly("stored");
    }

    private ToolResult ask(FollowUpStore store) {
        var limit = new CallerLimit(10, Duration.ofMinutes(1), Clock.systemUTC());
        var tool =
                new SendBookingLinkTool(
                        store,
                        new Callers(
                                _ -> CompletableFuture.completedFuture(Optional.empty()), limit),
                        new CurrentBusiness(new Stored(Businesses.in("America/New_York"))),
                        Duration.ofSeconds(2),
                        () -> happened.add("woken"));
        return tool.handle(
                        new SendBookingLink(),
                        new ToolCall(
                                "send_booking_link",
                                Map.of("phone", "+14155550199"),
                                Optional.empty(),
                                Optional.empty()))
                .toCompletableFuture()
                .join();
    }

    private record Stored(Business business) implements BusinessStore {
        @Override
        public CompletionStage<Optional<Business>> load() {
            return CompletableFuture.completedFuture(Optional.of(business));
        }

        @Override
        public CompletionStage<Void> apply(Business business, AdmissionRules rules) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Store implements FollowUpStore {

        private final boolean takesIt;

        Store(boolean takesIt) {
            this.takesIt = takesIt;
        }

        @Override
        public CompletionStage<ToolResult> queueBookingLink(
                ToolCall call,
                PhoneNumber to,
                String body,
                Deadline deadline,
                ToolResult queued,
                ToolResult refused) {
            happened.add("stored");
            return CompletableFuture.completedFuture(takesIt ? queued : refused);
        }

        @Override
        public CompletionStage<ToolResult> openTicket(
                ToolCall call,
                PhoneNumber caller,
                String subject,
                Deadline deadline,
                Function<String, ToolResult> answer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<ToolResult> noteMessage(
                ToolCall call,
                Optional<PhoneNumber> caller,
                String message,
                Deadline deadline,
                ToolResult answer) {
            throw new UnsupportedOperationException();
        }
    }
}
