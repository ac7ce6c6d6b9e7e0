package org.telephonystack.action.tool;

import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.booking.BookingDesk;
import org.telephonystack.action.booking.BookingRequest;
import org.telephonystack.action.booking.BookingResult;
import org.telephonystack.action.booking.Deadline;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;
import org.telephonystack.model.tool.Tools.CreateBooking;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `create_booking`: books what the caller agreed to, or says why not. Only a row in the database is called booked.
public final class CreateBookingTool implements ToolHandler<CreateBooking> {

    private final BookingDesk desk;
    private final Callers callers;
    private final CurrentBusiness business;
    private final ToolEvents events;

    public CreateBookingTool(
            BookingDesk desk, Callers callers, CurrentBusiness business, ToolEvents events) {
        this.desk = desk;
        this.callers = callers;
        this.business = business;
        this.events = events;
    }

    @Override
    public CompletionStage<ToolResult> handle(CreateBooking wish, ToolCall call) {
        Deadline deadline = desk.deadline();
        return callers.of(call)
                .thenCompose(caller ->
                        caller.map(number -> book(number, wish, call, deadline))
                                .orElseGet(() -> callerUnknown(call)));
    }

    @Override
    public Keeps keeps() {
        return Keeps.REFUSALS;
    }

    @Override
    public ToolResult unavailable(Optional<Business> known) {
        return CheckScheduleTool.calendarAway(known);
    }

    private CompletionStage<ToolResult> book(
            PhoneNumber caller, CreateBooking wish, ToolCall call, Deadline deadline) {
        var request =
                new BookingRequest(
                        caller,
                        wish.time(),
                        wish.service(),
                        call.callSid(),
                        call.toolCallId(),
                        deadline);
        return desk.book(request, CreateBookingTool::told)
                .thenApply(result -> answer(result, call));
    }

    private CompletionStage<ToolResult> callerUnknown(ToolCall call) {
        events.onBooking(ToolEvents.Booking.CALLER_UNKNOWN, call.callSid());
        Script script = Script.of(business.lastSeen());
        return CompletableFuture.completedFuture(
                ToolResult.error(script.say(Phrase.CALLER_UNKNOWN), Map.of()));
    }

    private ToolResult answer(BookingResult result, ToolCall call) {
        return switch (result) {
            case BookingResult.Booked(var answer, var repeated) -> {
                events.onBooking(whatBecame(answer, repeated), call.callSid());
                yield answer;
            }
            case BookingResult.Unavailable(var instead) -> {
                events.onBooking(ToolEvents.Booking.REFUSED, call.callSid());
                yield AvailabilityScript.answer(instead, Outcome.ERROR);
            }
            case BookingResult.TimeMissing(var known, var day) -> {
                events.onBooking(ToolEvents.Booking.REFUSED, call.callSid());
                Script script = Script.of(known);
                yield ToolResult.error(
                        script.say(Phrase.TIME_MISSING, Map.of("day", script.day(day))), Map.of());
            }
        };
    }

    private static ToolEvents.Booking whatBecame(ToolResult answer, boolean repeated) {
        if (answer.outcome() == Outcome.ERROR) {
            return ToolEvents.Booking.REFUSED;
        }
        return repeated ? ToolEvents.Booking.REPEATED : ToolEvents.Booking.BOOKED;
    }

    /// One call books one start once. Another service at that start is no repetition, and must not be told as booked.
    private static ToolResult told(Business business, Service wanted, Booking booking) {
        if (booking.service().equals(wanted.name())) {
            return confirmation(business, booking);
        }
        Script script = Script.of(business);
        return ToolResult.error(
                script.say(
                        Phrase.OTHER_SERVICE_BOOKED,
                        Map.of(
                                "service", label(business, booking),
                                "slot", script.moment(booking.start(), business.profile().zone()))),
                Map.of());
    }

    private static String label(Business business, Booking booking) {
        return business.services().stream()
                .filter(service -> service.name().equals(booking.service()))
                .map(Service::label)
                .findFirst()
                .orElse(booking.service());
    }

    /// From the row as it was stored, not from what was asked for.
    private static ToolResult confirmation(Business business, Booking booking) {
        ZoneId zone = business.profile().zone();
        Script script = Script.of(business);
        var details = new LinkedHashMap<String, Object>();
        details.put("booking_id", booking.id());
        details.put("slot", AvailabilityScript.iso(booking.start(), zone));
        details.put("service", booking.service());
        return ToolResult.success(
                script.say(
                        Phrase.BOOKED,
                        Map.of(
                                "service", label(business, booking),
                                "slot", script.moment(booking.start(), zone))),
                details);
    }
}
