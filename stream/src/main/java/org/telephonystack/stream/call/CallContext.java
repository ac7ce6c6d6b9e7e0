package org.telephonystack.stream.call;

import org.telephonystack.stream.call.ModelBrief.Spoken;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What the assistant should know before it speaks.
///
/// @param client empty: a new caller, or nobody could be asked
/// @param openTickets at most three, newest first
/// @param latestBookings at most three, latest first
/// @param business empty when it could not be asked for and was never seen
/// @param soFar of a call that is taken up again: what was heard on its earlier streams, and what its tools did, oldest first;
///     empty for a new call
public record CallContext(
        Optional<Client> client,
        List<OpenTicket> openTickets,
        List<LatestBooking> latestBookings,
        Optional<Business> business,
        List<Spoken> soFar) {

    public static final CallContext NOTHING =
            new CallContext(Optional.empty(), List.of(), List.of(), Optional.empty());

    public CallContext {
        soFar = List.copyOf(soFar);
    }

    /// The context of a new call.
    public CallContext(
            Optional<Client> client,
            List<OpenTicket> openTickets,
            List<LatestBooking> latestBookings,
            Optional<Business> business) {
        this(client, openTickets, latestBookings, business, List.of());
    }

    /// Either name may be blank.
    public record Client(String firstName, String lastName) {

        public String fullName() {
            return (firstName + " " + lastName).strip();
        }
    }

    public record OpenTicket(String id, String subject, String status) {}

    /// @param service the service's label, or its name where the business no longer offers it
    public record LatestBooking(Instant time, String service, String status) {}

    /// The business whose phone this is.
    ///
    /// @param exceptions days ahead with other hours, soonest first
    public record Business(
            String name,
            ZoneId zone,
            String language,
            String persona,
            String voice,
            Optional<String> disclosure,
            Optional<String> bookingLink,
            List<Service> services,
            List<OpeningHours> openingHours,
            List<OpeningException> exceptions) {}

    public record Service(String name, String label, int durationMinutes) {}

    public record OpeningHours(DayOfWeek day, LocalTime opens, LocalTime closes) {}

    /// @param hours empty: closed
    public record OpeningException(LocalDate day, Optional<Hours> hours, Optional<String> label) {

        public record Hours(LocalTime opens, LocalTime closes) {}
    }
}
