package org.telephonystack.stream.prompt;

import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolDefinition;
import org.telephonystack.model.tool.Tools;
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
///
/// A caller's number can be forged, and what the model was told it may tell. So a number that the network does not vouch for is
/// worth a first name to greet with and nothing that is private or would prove who is calling: the rest is read by tools, which
/// ask for a second fact.
final class LiveContext {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, h:mm a", Locale.US);

    private LiveContext() {}

    static String write(CallStart start, CallContext context, Instant now) {
        ZoneId zone = context.business().map(Business::zone).orElse(ZoneOffset.UTC);
        List<String> lines = new ArrayList<>();
        lines.add("# LIVE CONTEXT");
        lines.add("- Now: " + MOMENT.format(now.atZone(zone)) + " (" + zone + ")");
        lines.add("- Caller: " + caller(start, context));
        lines.add("- Caller's number: " + number(start));
        lines.add("- Greet the caller as: " + greetingName(context));
        lines.add(
                "- Open tickets: "
                        + (start.attested()
                                ? list(
                                        context.openTickets().stream()
                                                .map(LiveContext::ticket)
                                                .toList())
                                : count(context.openTickets().size(), Tools.LIST_TICKETS)));
        lines.add(
                "- Recent bookings: "
                        + (start.attested()
                                ? list(
                                        context.latestBookings().stream()
                                                .map(booking -> booking(booking, zone))
                                                .toList())
                                : count(context.latestBookings().size(), Tools.LIST_BOOKINGS)));
        return String.join("\n", lines);
    }

    private static String caller(CallStart start, CallContext context) {
        return context.client()
                .map(start.attested() ? Client::fullName : Client::firstName)
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

    private static String count(int number, ToolDefinition<?> reader) {
        return number == 0 ? "none" : number + ", to be read with " + reader.name();
    }

    private static String list(List<String> entries) {
        return entries.isEmpty() ? "none" : String.join("; ", entries);
    }
}
