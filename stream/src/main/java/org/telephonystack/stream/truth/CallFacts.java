package org.telephonystack.stream.truth;

import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.truth.UnbackedClaim.Kind;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// What is really so, as far as this call knows: results of its tools, and appointments that were there before. Mutable, one
/// for each call; belongs to the call's event loop.
public final class CallFacts {

    /// @param slot empty where the result named none
    /// @param script the sentence that the system wrote of it; empty for what was there before the call
    /// @param inThisCall false: it was so before, and nobody may say "I have just done it"
    public record Fact(Kind kind, Optional<Instant> slot, String script, boolean inThisCall) {}

    private static final Map<String, Kind> KINDS =
            Map.of(
                    Tools.CREATE_BOOKING.name(), Kind.BOOKED,
                    Tools.RESCHEDULE_BOOKING.name(), Kind.CHANGED,
                    Tools.CANCEL_BOOKING.name(), Kind.CANCELLED,
                    Tools.TAKE_MESSAGE.name(), Kind.MESSAGE_TAKEN,
                    Tools.CREATE_TICKET.name(), Kind.MESSAGE_TAKEN,
                    Tools.SEND_BOOKING_LINK.name(), Kind.TEXT_SENT);

    private final ZoneId zone;
    private final Map<String, Fact> appointments = new LinkedHashMap<>();
    private final List<Fact> others = new ArrayList<>();
    private final Map<String, Kind> unanswered = new HashMap<>();

    /// @param zone the business's, in which times are spoken
    public CallFacts(ZoneId zone) {
        this.zone = zone;
    }

    ZoneId zone() {
        return zone;
    }

    /// An appointment from before the call.
    ///
    /// @param status as it is stored: `confirmed`, `cancelled`
    public void known(Instant slot, String status) {
        Kind kind = status.startsWith("cancel") ? Kind.CANCELLED : Kind.BOOKED;
        appointments.putIfAbsent("known " + slot, new Fact(kind, Optional.of(slot), "", false));
    }

    /// A tool gave no answer: it may have been carried out or not, until its late answer or a success of the kind is here.
    public void unknown(String callId, String tool) {
        Optional.ofNullable(KINDS.get(tool)).ifPresent(kind -> unanswered.put(callId, kind));
    }

    /// The answer of a tool, late ones too.
    public void add(String callId, String tool, ToolResult result) {
        unanswered.remove(callId);
        add(tool, result);
    }

    /// Errors state nothing.
    public void add(String tool, ToolResult result) {
        if (result.outcome() != Outcome.SUCCESS) {
            return;
        }
        if (tool.equals(Tools.LIST_BOOKINGS.name())) {
            listed(result);
        }
        Optional.ofNullable(KINDS.get(tool)).ifPresent(kind -> add(kind, result));
    }

    private void add(Kind kind, ToolResult result) {
        unanswered.values().removeIf(kind::equals);
        switch (kind) {
            case BOOKED, CHANGED, CANCELLED -> appointment(kind, result);
            case MESSAGE_TAKEN, TEXT_SENT ->
                    others.add(new Fact(kind, Optional.empty(), result.script(), true));
        }
    }

    /// Whether a tool that would make one of these true gave no answer.
    boolean isUnknown(Predicate<Kind> wanted) {
        return unanswered.values().stream().anyMatch(wanted);
    }

    boolean has(Predicate<Fact> wanted) {
        return appointments.values().stream().anyMatch(wanted) || others.stream().anyMatch(wanted);
    }

    /// The newest of this call.
    Optional<Fact> newest(Predicate<Fact> wanted) {
        List<Fact> all = new ArrayList<>(appointments.values());
        all.addAll(others);
        return all.reversed().stream()
                .filter(fact -> fact.inThisCall() && wanted.test(fact))
                .findFirst();
    }

    private void appointment(Kind kind, ToolResult result) {
        Optional<Instant> slot = slot(result.details());
        // What was there before under this id, or at this time, is so no longer.
        String id = id(result.details());
        appointments.remove(id);
        slot.ifPresent(at -> appointments.remove("known " + at));
        appointments.put(id, new Fact(kind, slot, result.script(), true));
    }

    private void listed(ToolResult result) {
        if (result.details().get("bookings") instanceof List<?> rows) {
            for (Object row : rows) {
                if (row instanceof Map<?, ?> details) {
                    appointments.putIfAbsent(
                            id(details), new Fact(Kind.BOOKED, slot(details), "", false));
                }
            }
        }
    }

    private String id(Map<?, ?> details) {
        return Objects.requireNonNullElseGet(
                        details.get("booking_id"), () -> "row " + appointments.size())
                .toString();
    }

    private static Optional<Instant> slot(Map<?, ?> details) {
        try {
            return Optional.ofNullable(details.get("slot"))
                    .map(Object::toString)
                    .map(OffsetDateTime::parse)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
