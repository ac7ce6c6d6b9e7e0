package org.telephonystack.action.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;
import org.telephonystack.model.tool.Tools.TransferToHuman;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Open from 9 to 17 in New York.
class TransferToHumanToolTest {

    private static final Instant NINE = Instant.parse("2026-11-23T14:00:00Z");
    private static final Instant FIVE = Instant.parse("2026-11-23T22:00:00Z");
    private static final Optional<PhoneNumber> NUMBER =
            Optional.of(new PhoneNumber("+14155550123"));

    @Test
    void whileTheBusinessIsOpenTheCallIsHandedOver() {
        assertThat(at(NINE, NUMBER))
                .isEqualTo(
                        ToolResult.success(
                                "One moment, I'm connecting you with a team member.",
                                Map.of("then", "transfer")));
        assertThat(at(FIVE.minusSeconds(1), NUMBER).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void otherwiseAMessageIsOffered() {
        for (ToolResult answer :
                new ToolResult[] {
                    at(NINE.minusSeconds(1), NUMBER), at(FIVE, NUMBER), at(NINE, Optional.empty())
                }) {
            assertThat(answer.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(answer.details()).containsEntry("then", "take_message");
            assertThat(answer.script()).contains("leave a message");
        }
    }

    /// `after-stream` reads the number in the database: what another row said before does not count.
    @Test
    void withoutTheDatabaseNobodyIsPromised() {
        var tool =
                new TransferToHumanTool(
                        new CurrentBusiness(new Stored(reachableAt(NUMBER))),
                        Clock.fixed(NINE, ZoneOffset.UTC));

        ToolResult answer = tool.unavailable(Optional.of(reachableAt(NUMBER)));

        assertThat(answer.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(answer.details()).isEmpty();
    }

    private static ToolResult at(Instant now, Optional<PhoneNumber> number) {
        var tool =
                new TransferToHumanTool(
                        new CurrentBusiness(new Stored(reachableAt(number))),
                        Clock.fixed(now, ZoneOffset.UTC));
        return answer(tool);
    }

    private static ToolResult answer(TransferToHumanTool tool) {
        return tool.handle(
                        new TransferToHuman(Optional.empty()),
                        new ToolCall(
                                "transfer_to_human", Map.of(), Optional.empty(), Optional.empty()))
                .toCompletableFuture()
                .join();
    }

    private static Business reachableAt(Optional<PhoneNumber> number) {
        return Businesses.reachableAt(Businesses.in("America/New_York"), number);
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
}
