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

    private final ZoneId zone;
    private final Map<String, Fact> appointments = new LinkedHashMap<>();
    private final List<Fact> others = new ArrayList<>();

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

    /// The answer of a tool, late ones too. Errors state nothing.
    public void add(String tool, ToolResult result) {
        if (result.outcome() != Outcome.SUCCESS) {
            return;
        }
        if (tool.equals(Tools.CREATE_BOOKING.name())) {
            appointment(Kind.BOOKED, result);
        } else if (tool.equals(Tools.RESCHEDULE_BOOKING.name())) {
            appointment(Kind.CHANGED, result);
        } else if (tool.equals(Tools.CANCEL_BOOKING.name())) {
            appointment(Kind.CANCELLED, result);
        } else if (tool.equals(Tools.LIST_BOOKINGS.name())) {
            listed(result);
        } else if (tool.equals(Tools.TAKE_MESSAGE.name())
                || tool.equals(Tools.CREATE_TICKET.name())) {
            others.add(new Fact(Kind.MESSAGE_TAKEN, Optional.empty(), result.script(), true));
        } else if (tool.equals(Tools.SEND_BOOKING_LINK.name())) {
            others.add(new Fact(Kind.TEXT_SENT, Optional.empty(), result.script(), true));
        }
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
