package org.telephonystack.stream.prompt;

import org.telephonystack.model.PhoneNumber;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContext.Business;
import org.telephonystack.stream.call.CallContext.Client;
import org.telephonystack.stream.call.CallContext.LatestBooking;
import org.telephonystack.stream.call.CallContext.OpenTicket;
import org.telephonystack.stream.call.CallStart;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What differs from call to call, and therefore comes last.
final class LiveContext {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, h:mm a", Locale.US);

    private LiveContext() {}

    static String write(CallStart start, CallContext context, Instant now) {
        ZoneId zone = context.business().map(Business::zone).orElse(ZoneOffset.UTC);
        List<String> lines = new ArrayList<>();
        lines.add("# LIVE CONTEXT");
        lines.add("- Now: " + MOMENT.format(now.atZone(zone)) + " (" + zone + ")");
        lines.add("- Caller: " + caller(context));
        lines.add("- Caller's number: " + number(start));
        lines.add("- Greet the caller as: " + greetingName(context));
        lines.add(
                "- Open tickets: "
                        + list(context.openTickets().stream().map(LiveContext::ticket).toList()));
        lines.add(
                "- Recent bookings: "
                        + list(
                                context.latestBookings().stream()
                                        .map(booking -> booking(booking, zone))
                                        .toList()));
        return String.join("\n", lines);
    }

    private static String caller(CallContext context) {
        return context.client()
                .map(Client::fullName)
                .filter(Predicate.not(String::isBlank))
                .map(known -> Lines.one(known, 80) + ", a known client")
                .orElse("a new caller");
    }

    /// Known to the assistant, so that nobody is asked for a number that is plain to see.
    private static String number(CallStart start) {
        return start.caller().map(PhoneNumber::e164).orElse("withheld");
    }

    private static String greetingName(CallContext context) {
        return context.client()
                .map(Client::firstName)
                .filter(Predicate.not(String::isBlank))
                .map(first -> Lines.one(first, 40))
                .orElse("there");
    }

    private static String ticket(OpenTicket ticket) {
        return "\""
                + Lines.one(ticket.subject(), 120)
                + "\" ("
                + Lines.one(ticket.status(), 20)
                + ")";
    }

    private static String booking(LatestBooking booking, ZoneId zone) {
        return Lines.one(booking.service(), 80)
                + " on "
                + MOMENT.format(booking.time().atZone(zone))
                + " ("
                + Lines.one(booking.status(), 20)
                + ")";
    }

    private static String list(List<String> entries) {
        return entries.isEmpty() ? "none" : String.join("; ", entries);
    }
}
