package org.telephonystack.model.tool;

import java.util.List;
import java.util.Optional;

/// The tools there are: stream offers them to the model, action carries them out.
public final class Tools {

    @SuppressWarnings("UnusedVariable") // in annotations
    private static final String SAID_NAME =
            "The caller's full name, only as the caller said it in this call; never from the instructions. "
                    + "Leave out if the caller did not say it.";

    @SuppressWarnings("UnusedVariable") // in annotations
    private static final String SAID_TIME =
            "When an appointment of the caller is now, only as the caller said it in this call; never from the instructions. "
                    + "ISO 8601 with the business's local time, e.g. 2026-11-24T15:00. Leave out if the caller did not say it.";

    /// @param time when it should be, if the caller named a wish
    public record CheckSchedule(
            @Describe(
                            value =
                                    "The day or moment the caller asks for, ISO 8601 with the business's local time, "
                                            + "e.g. 2026-11-24 or 2026-11-24T15:00. Leave out if the caller has no wish.",
                            maxLength = 40)
                    Optional<String> time,
            @Describe(
                            value = "Name of the service, one of those listed in the instructions.",
                            maxLength = 80)
                    Optional<String> service,
            @Describe(
                            value =
                                    "morning, afternoon or evening, if the caller asks for a part of the day and no exact time.",
                            maxLength = 20)
                    Optional<String> part) {}

    public record CreateBooking(
            @Describe(
                            value =
                                    "Start of the appointment, ISO 8601, exactly the `slot` that check_schedule returned.",
                            maxLength = 40)
                    String time,
            @Describe(
                            value = "Name of the service, one of those listed in the instructions.",
                            maxLength = 80)
                    Optional<String> service) {}

    /// @param name what the caller said, as a second fact beside a number that can be forged
    /// @param time likewise
    public record ListBookings(
            @Describe(value = SAID_NAME, maxLength = 80) Optional<String> name,
            @Describe(value = SAID_TIME, maxLength = 40) Optional<String> time) {}

    public record RescheduleBooking(
            @Describe(
                            value =
                                    "The new start, ISO 8601, exactly a `slot` that check_schedule returned.",
                            maxLength = 40)
                    String newTime,
            @Describe(value = SAID_NAME, maxLength = 80) Optional<String> name,
            @Describe(value = SAID_TIME, maxLength = 40) Optional<String> time) {}

    public record CancelBooking(
            @Describe(value = SAID_NAME, maxLength = 80) Optional<String> name,
            @Describe(value = SAID_TIME, maxLength = 40) Optional<String> time) {}

    /// @param name what the caller said, as a second fact beside a number that can be forged
    /// @param time likewise
    public record ListTickets(
            @Describe(value = SAID_NAME, maxLength = 80) Optional<String> name,
            @Describe(value = SAID_TIME, maxLength = 40) Optional<String> time) {}

    public record CreateTicket(
            @Describe(value = "What the case is about, in one short sentence.", maxLength = 200)
                    String subject) {}

    public record TakeMessage(
            @Describe(
                            value =
                                    "The message for the team, in the caller's words, with who it is from and when to call back.",
                            maxLength = 1000)
                    String message) {}

    public record SendBookingLink() {}

    public record TransferToHuman(
            @Describe(value = "In a few words, what the caller wants.", maxLength = 200)
                    Optional<String> reason) {}

    public record EndCall(
            @Describe(value = "In a few words, why the call ends.", maxLength = 200)
                    Optional<String> reason) {}

    public static final ToolDefinition<CheckSchedule> CHECK_SCHEDULE =
            new ToolDefinition<>(
                    "check_schedule",
                    "Look for a free appointment. Say a short holding phrase before calling. Offer exactly the slot it returns.",
                    CheckSchedule.class);

    public static final ToolDefinition<CreateBooking> CREATE_BOOKING =
            new ToolDefinition<>(
                    "create_booking",
                    "Book the appointment that the caller has agreed to. Never say that something is booked before this "
                            + "returned success.",
                    CreateBooking.class);

    public static final ToolDefinition<ListBookings> LIST_BOOKINGS =
            new ToolDefinition<>(
                    "list_bookings",
                    "Read the caller's upcoming appointments. Until it returned them, do not tell the caller anything of them.",
                    ListBookings.class);

    public static final ToolDefinition<RescheduleBooking> RESCHEDULE_BOOKING =
            new ToolDefinition<>(
                    "reschedule_booking",
                    "Move an appointment of the caller to a time the caller has agreed to. Never cancel and book instead. "
                            + "Never say that something is moved before this returned success.",
                    RescheduleBooking.class);

    public static final ToolDefinition<CancelBooking> CANCEL_BOOKING =
            new ToolDefinition<>(
                    "cancel_booking",
                    "Cancel an appointment of the caller, after the caller has confirmed it. Never say that something is "
                            + "cancelled before this returned success.",
                    CancelBooking.class);

    public static final ToolDefinition<ListTickets> LIST_TICKETS =
            new ToolDefinition<>(
                    "list_tickets",
                    "Read the caller's open support tickets. Until it returned them, do not tell the caller anything of them.",
                    ListTickets.class);

    public static final ToolDefinition<CreateTicket> CREATE_TICKET =
            new ToolDefinition<>(
                    "create_ticket",
                    "Open a support ticket for a problem that the team has to look into. Ask the caller first.",
                    CreateTicket.class);

    public static final ToolDefinition<TakeMessage> TAKE_MESSAGE =
            new ToolDefinition<>(
                    "take_message",
                    "Note a message for the team. Read it back to the caller first.",
                    TakeMessage.class);

    public static final ToolDefinition<SendBookingLink> SEND_BOOKING_LINK =
            new ToolDefinition<>(
                    "send_booking_link",
                    "Text the booking link to the number the caller calls from. Ask the caller first.",
                    SendBookingLink.class);

    /// Answers `then: transfer` where somebody is there: the call goes on with a person once its script was heard.
    public static final ToolDefinition<TransferToHuman> TRANSFER_TO_HUMAN =
            new ToolDefinition<>(
                    "transfer_to_human",
                    "Hand the call to a person, when the caller asks for one. Say the script it returns.",
                    TransferToHuman.class);

    public static final ToolDefinition<EndCall> END_CALL =
            new ToolDefinition<>(
                    "end_call",
                    "End the call. Say goodbye first, in the same answer; the line stays open until the goodbye was heard.",
                    EndCall.class);

    public static final List<ToolDefinition<?>> ALL =
            List.of(
                    CHECK_SCHEDULE,
                    CREATE_BOOKING,
                    LIST_BOOKINGS,
                    RESCHEDULE_BOOKING,
                    CANCEL_BOOKING,
                    LIST_TICKETS,
                    CREATE_TICKET,
                    TAKE_MESSAGE,
                    SEND_BOOKING_LINK,
                    TRANSFER_TO_HUMAN,
                    END_CALL);

    private Tools() {}

    public static Optional<ToolDefinition<?>> named(String name) {
        return ALL.stream()
                .<ToolDefinition<?>>map(tool -> tool)
                .filter(tool -> tool.name().equals(name))
                .findFirst();
    }
}
