package org.telephonystack.action.tool;

import org.telephonystack.action.booking.BookingDesk;
import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;
import org.telephonystack.model.tool.Tools.CheckSchedule;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// `check_schedule`: offers one free appointment.
public final class CheckScheduleTool implements ToolHandler<CheckSchedule> {

    private final BookingDesk desk;

    public CheckScheduleTool(BookingDesk desk) {
        this.desk = desk;
    }

    @Override
    public CompletionStage<ToolResult> handle(CheckSchedule wish, ToolCall call) {
        return desk.check(wish.time(), wish.service(), wish.part())
                .thenApply(
                        availability -> AvailabilityScript.answer(availability, Outcome.SUCCESS));
    }

    @Override
    public ToolResult unavailable(Optional<Business> business) {
        return calendarAway(business);
    }

    /// The booking link is offered unless we know that there is none.
    static ToolResult calendarAway(Optional<Business> business) {
        boolean noLink =
                business.map(known -> known.profile().bookingLink().isEmpty()).orElse(false);
        Phrase phrase = noLink ? Phrase.CALENDAR_AWAY_NO_LINK : Phrase.CALENDAR_AWAY;
        return ToolResult.error(Script.of(business).say(phrase), Map.of("available", false));
    }
}
