package org.telephonystack.stream.call.postgres;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContext.Business;
import org.telephonystack.stream.call.CallContext.Client;
import org.telephonystack.stream.call.CallContext.LatestBooking;
import org.telephonystack.stream.call.CallContext.OpenTicket;
import org.telephonystack.stream.call.CallContext.OpeningException;
import org.telephonystack.stream.call.CallContext.OpeningHours;
import org.telephonystack.stream.call.CallContext.Service;
import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes the values of the core out of the JSON of [ContextSql].
final class ContextRow {

    private ContextRow() {}

    static CallContext context(
            @Nullable Object client,
            @Nullable Object tickets,
            @Nullable Object bookings,
            @Nullable Object business,
            @Nullable Object soFar) {
        return new CallContext(
                client instanceof JsonObject row ? Optional.of(client(row)) : Optional.empty(),
                all(tickets, ContextRow::ticket),
                all(bookings, ContextRow::booking),
                business(business),
                all(soFar, ContextRow::spoken));
    }

    static Optional<Business> business(@Nullable Object json) {
        if (!(json instanceof JsonObject row)) {
            return Optional.empty();
        }
        return Optional.of(
                new Business(
                        text(row, "name"),
                        ZoneId.of(text(row, "zone")),
                        text(row, "language"),
                        text(row, "persona"),
                        text(row, "voice"),
                        some(row, "disclosure"),
                        some(row, "bookingLink"),
                        all(row.getValue("services"), ContextRow::service),
                        all(row.getValue("hours"), ContextRow::hours),
                        all(row.getValue("exceptions"), ContextRow::exception)));
    }

    static List<ToolRequested> underWay(@Nullable Object requests) {
        return all(
                requests,
                row ->
                        new ToolRequested(
                                "",
                                text(row, "id"),
                                text(row, "tool"),
                                Optional.of(row.getJsonObject("params").getMap())));
    }

    /// A clock that was set back must not make a call longer.
    static Duration lasted(@Nullable Long millis) {
        return Duration.ofMillis(millis == null ? 0 : Math.max(0, millis));
    }

    private static Client client(JsonObject row) {
        return new Client(text(row, "first").strip(), text(row, "last").strip());
    }

    private static Spoken spoken(JsonObject row) {
        String text = text(row, "text");
        return switch (text(row, "role")) {
            case "caller" -> new Spoken(Speaker.CALLER, text);
            case "assistant" -> new Spoken(Speaker.ASSISTANT, text);
            case "done" -> new Spoken(Speaker.NOTE, done(new JsonObject(text)));
            default -> new Spoken(Speaker.NOTE, text);
        };
    }

    /// The answer is data: what a tool found or did before the stream was lost.
    private static String done(JsonObject tool) {
        return "Already carried out in this call, not to be repeated: "
                + text(tool, "tool")
                + ", "
                + text(tool, "outcome")
                + ". Its answer: "
                + text(tool, "answer");
    }

    private static OpenTicket ticket(JsonObject row) {
        return new OpenTicket(text(row, "id"), text(row, "subject"), text(row, "status"));
    }

    private static LatestBooking booking(JsonObject row) {
        return new LatestBooking(
                Instant.ofEpochMilli(row.getLong("millis", 0L)),
                text(row, "service"),
                text(row, "status"));
    }

    private static Service service(JsonObject row) {
        return new Service(text(row, "name"), text(row, "label"), row.getInteger("minutes", 0));
    }

    private static OpeningHours hours(JsonObject row) {
        return new OpeningHours(
                DayOfWeek.of(row.getInteger("day", 1)),
                time(text(row, "opens")),
                time(text(row, "closes")));
    }

    private static OpeningException exception(JsonObject row) {
        Optional<OpeningException.Hours> hours =
                some(row, "opens")
                        .map(opens ->
                                new OpeningException.Hours(time(opens), time(text(row, "closes"))));
        return new OpeningException(LocalDate.parse(text(row, "day")), hours, some(row, "label"));
    }

    /// PostgreSQL has a 24:00, Java does not.
    private static LocalTime time(String text) {
        return text.startsWith("24:") ? LocalTime.of(23, 59) : LocalTime.parse(text);
    }

    private static <T> List<T> all(@Nullable Object array, Function<JsonObject, T> read) {
        return array instanceof JsonArray rows
                ? rows.stream().map(JsonObject.class::cast).map(read).toList()
                : List.of();
    }

    private static String text(JsonObject row, String field) {
        return some(row, field).orElse("");
    }

    private static Optional<String> some(JsonObject row, String field) {
        return Optional.ofNullable(row.getString(field)).filter(text -> !text.isBlank());
    }
}
