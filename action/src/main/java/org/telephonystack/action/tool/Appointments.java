package org.telephonystack.action.tool;

import org.telephonystack.action.booking.AppointmentRequest;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.booking.AppointmentResult;
import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.booking.BookingStore;
import org.telephonystack.action.booking.Deadline;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What the tools about existing appointments share: who calls, and what is said.
public final class Appointments {

    /// More cannot be kept in mind on the phone.
    private static final int MOST_SPOKEN = 3;

    private final Callers callers;
    private final CurrentBusiness business;
    private final ToolEvents events;
    private final Duration limit;

    /// @param limit after which nothing is changed any more
    public Appointments(
            Callers callers, CurrentBusiness business, ToolEvents events, Duration limit) {
        this.callers = callers;
        this.business = business;
        this.events = events;
        this.limit = limit;
    }

    /// @param changed what it means for counters that something was changed
    CompletionStage<ToolResult> answer(
            ToolCall call,
            Proof proof,
            ToolEvents.Booking changed,
            Function<AppointmentRequest, CompletionStage<AppointmentResult>> desk) {
        Deadline deadline = Deadline.in(limit);
        return callers.of(call)
                .thenCompose(caller ->
                        caller.map(number ->
                                        desk.apply(request(call, number, proof, deadline))
                                                .thenApply(result -> answer(result, changed, call)))
                                .orElseGet(() -> callerUnknown(call)));
    }

    /// Reads something else that belongs to the number alone: what proves the caller is the same as for appointments, and
    /// so are the guesses that are counted.
    CompletionStage<ToolResult> readBack(
            ToolCall call,
            Proof proof,
            Function<AppointmentRequest, CompletionStage<AppointmentResult>> desk,
            ReadBack what) {
        return callers.of(call)
                .thenCompose(caller ->
                        caller.map(number ->
                                        desk.apply(request(call, number, proof, Deadline.in(limit)))
                                                .thenCompose(result ->
                                                        readBack(result, number, call, what)))
                                .orElseGet(() -> callerUnknown(call)));
    }

    /// @param needed what is said to a caller who has not shown yet that the number is theirs
    record ReadBack(
            Phrase needed,
            BiFunction<Business, PhoneNumber, CompletionStage<ToolResult>> read,
            Function<Optional<Business>, ToolResult> away) {}

    private CompletionStage<ToolResult> readBack(
            AppointmentResult result, PhoneNumber caller, ToolCall call, ReadBack what) {
        return switch (result) {
            case AppointmentResult.Upcoming(var known, _) -> what.read().apply(known, caller);
            case AppointmentResult.NotProven(var known, var attempted) -> {
                events.onBooking(ToolEvents.Booking.NOT_PROVEN, call.callSid());
                yield CompletableFuture.completedFuture(notProven(known, attempted, what.needed()));
            }
            case AppointmentResult.Changed _,
                    AppointmentResult.WhichOne _,
                    AppointmentResult.Unavailable _,
                    AppointmentResult.TimeMissing _ ->
                    CompletableFuture.completedFuture(what.away().apply(business.lastSeen()));
        };
    }

    private static AppointmentRequest request(
            ToolCall call, PhoneNumber caller, Proof proof, Deadline deadline) {
        return new AppointmentRequest(
                new BookingStore.Key(caller, call.callSid(), call.toolCallId()),
                call.action(),
                proof,
                deadline);
    }

    private CompletionStage<ToolResult> callerUnknown(ToolCall call) {
        events.onBooking(ToolEvents.Booking.CALLER_UNKNOWN, call.callSid());
        Script script = Script.of(business.lastSeen());
        return CompletableFuture.completedFuture(
                ToolResult.error(script.say(Phrase.NUMBER_UNKNOWN), Map.of()));
    }

    private ToolResult answer(AppointmentResult result, ToolEvents.Booking changed, ToolCall call) {
        return switch (result) {
            case AppointmentResult.Changed(var answer, var repeated) -> {
                events.onBooking(repeated ? ToolEvents.Booking.REPEATED : changed, call.callSid());
                yield answer;
            }
            case AppointmentResult.Upcoming(var known, var upcoming) -> upcoming(known, upcoming);
            case AppointmentResult.WhichOne(var known, var upcoming) -> {
                Script script = Script.of(known);
                yield ToolResult.error(
                        script.say(
                                Phrase.BOOKINGS_WHICH,
                                Map.of("bookings", script.anyOf(spoken(known, upcoming)))),
                        rows(known, upcoming));
            }
            case AppointmentResult.NotProven(var known, var attempted) -> {
                events.onBooking(ToolEvents.Booking.NOT_PROVEN, call.callSid());
                yield notProven(known, attempted, Phrase.PROOF_NEEDED);
            }
            case AppointmentResult.Unavailable(var instead) -> {
                events.onBooking(ToolEvents.Booking.REFUSED, call.callSid());
                yield AvailabilityScript.answer(instead, Outcome.ERROR);
            }
            case AppointmentResult.TimeMissing(var known, var day) -> {
                Script script = Script.of(known);
                yield ToolResult.error(
                        script.say(Phrase.TIME_MISSING, Map.of("day", script.day(day))), Map.of());
            }
        };
    }

    /// `proof_failed` is counted: whoever guesses is not heard any more after a few.
    private static ToolResult notProven(Business business, boolean attempted, Phrase needed) {
        Script script = Script.of(business);
        return attempted
                ? ToolResult.error(
                        script.say(Phrase.PROOF_FAILED), Map.of("reason", "proof_failed"))
                : ToolResult.error(script.say(needed), Map.of("reason", "proof_needed"));
    }

    private static ToolResult upcoming(Business business, List<Booking> upcoming) {
        Script script = Script.of(business);
        String spoken = script.allOf(spoken(business, upcoming));
        String sentence =
                switch (upcoming.size()) {
                    case 0 -> script.say(Phrase.BOOKINGS_NONE);
                    case 1 -> script.say(Phrase.BOOKINGS_ONE, Map.of("bookings", spoken));
                    default -> script.say(Phrase.BOOKINGS_MANY, Map.of("bookings", spoken));
                };
        return ToolResult.success(sentence, rows(business, upcoming));
    }

    private static List<String> spoken(Business business, List<Booking> upcoming) {
        return upcoming.stream()
                .limit(MOST_SPOKEN)
                .map(booking -> sentence(Phrase.BOOKING, business, booking))
                .toList();
    }

    private static Map<String, Object> rows(Business business, List<Booking> upcoming) {
        return Map.of(
                "bookings", upcoming.stream().map(booking -> details(business, booking)).toList());
    }

    /// From the row as it was stored, not from what was asked for.
    static ToolResult done(Phrase phrase, Business business, Booking booking) {
        return ToolResult.success(sentence(phrase, business, booking), details(business, booking));
    }

    private static String sentence(Phrase phrase, Business business, Booking booking) {
        Script script = Script.of(business);
        String label =
                business.services().stream()
                        .filter(service -> service.name().equals(booking.service()))
                        .map(Service::label)
                        .findFirst()
                        .orElse(booking.service());
        return script.say(
                phrase,
                Map.of(
                        "service",
                        label,
                        "slot",
                        script.moment(booking.start(), business.profile().zone())));
    }

    private static Map<String, Object> details(Business business, Booking booking) {
        ZoneId zone = business.profile().zone();
        var details = new LinkedHashMap<String, Object>();
        details.put("booking_id", booking.id());
        details.put("slot", AvailabilityScript.iso(booking.start(), zone));
        details.put("service", booking.service());
        return details;
    }

    static ToolResult away(Optional<Business> known) {
        return CheckScheduleTool.calendarAway(known);
    }
}
