package org.telephonystack.action.tool;

import org.telephonystack.action.booking.Deadline;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// A tool that leaves something for people to do: knows the caller and the business, and until when it may be stored.
///
/// @param <P> the record of its parameters
abstract class FollowUpTool<P extends Record> implements ToolHandler<P> {

    private final Callers callers;
    private final CurrentBusiness business;
    private final Duration limit;

    FollowUpTool(Callers callers, CurrentBusiness business, Duration limit) {
        this.callers = callers;
        this.business = business;
        this.limit = limit;
    }

    /// Who asks, in which business, and until when the answer counts.
    record Asked(Optional<PhoneNumber> caller, Optional<Business> business, Deadline deadline) {

        ToolResult say(Phrase phrase) {
            return ToolResult.success(Script.of(business).say(phrase), Map.of());
        }

        ToolResult refuse(Phrase phrase) {
            return ToolResult.error(Script.of(business).say(phrase), Map.of());
        }
    }

    final CompletionStage<ToolResult> with(
            ToolCall call, Function<Asked, CompletionStage<ToolResult>> work) {
        Deadline deadline = Deadline.in(limit);
        return callers.of(call)
                .thenCompose(caller ->
                        business.load()
                                .thenCompose(
                                        known -> work.apply(new Asked(caller, known, deadline))));
    }

    /// One line without control characters.
    static String plain(String said) {
        return said.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    @Override
    public final Keeps keeps() {
        return Keeps.REFUSALS;
    }

    @Override
    public final ToolResult unavailable(Optional<Business> known) {
        return ToolResult.error(Script.of(known).say(Phrase.FOLLOW_UP_AWAY), Map.of());
    }
}
