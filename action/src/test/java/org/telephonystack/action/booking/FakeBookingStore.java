package org.telephonystack.action.booking;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/// A calendar in memory that keeps the promises of [BookingStore].
final class FakeBookingStore implements BookingStore {

    private record Row(Booking booking, UUID resource, Slot slot, String owner) {}

    private final List<UUID> resources = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, ToolResult> answers = new HashMap<>();
    private final List<Diary.Taken> taken = new ArrayList<>();
    private final List<Duration> read = new ArrayList<>();
    private boolean away;

    /// @param taken by whomever
    FakeBookingStore(List<UUID> resources, List<Diary.Taken> taken) {
        this.resources.addAll(resources);
        this.taken.addAll(taken);
    }

    FakeBookingStore(int resources) {
        for (int i = 0; i < resources; i++) {
            this.resources.add(UUID.randomUUID());
        }
    }

    void goAway() {
        away = true;
    }

    /// How much of the calendar was read each time.
    List<Duration> read() {
        return read;
    }

    List<Booking> bookings() {
        return rows.stream().map(Row::booking).toList();
    }

    @Override
    public CompletionStage<Diary> diary(Instant from, Instant until) {
        read.add(Duration.between(from, until));
        Stream<Diary.Taken> booked =
                rows.stream()
                        .map(row ->
                                new Diary.Taken(
                                        row.resource(),
                                        row.slot().start(),
                                        row.slot().blockedUntil()));
        return unlessAway(
                new Diary(
                        resources,
                        Stream.concat(booked, taken.stream())
                                .filter(one -> one.from().isBefore(until))
                                .filter(one -> one.until().isAfter(from))
                                .toList()));
    }

    @Override
    public CompletionStage<Optional<ToolResult>> earlierAnswer(
            Key key, Instant start, Function<Booking, ToolResult> answer) {
        Optional<ToolResult> stored =
                Optional.ofNullable(answers.get(toolCall(key)))
                        .or(() ->
                                rows.stream()
                                        .filter(row -> row.owner().equals(owner(key)))
                                        .map(Row::booking)
                                        .filter(booking -> booking.start().equals(start))
                                        .findFirst()
                                        .map(answer));
        return unlessAway(stored);
    }

    @Override
    public CompletionStage<Booked> book(Order order, Function<Booking, ToolResult> answer) {
        if (order.deadline().hasPassed()) {
            return CompletableFuture.failedFuture(new IllegalStateException("too late"));
        }
        return earlierAnswer(order.key(), order.slot().start(), answer)
                .thenApply(earlier ->
                        earlier.<Booked>map(Booked.Repeated::new)
                                .orElseGet(() -> insert(order, answer)));
    }

    private Booked insert(Order order, Function<Booking, ToolResult> answer) {
        Slot slot = order.slot();
        for (UUID resource : resources) {
            boolean taken =
                    rows.stream()
                            .filter(row -> row.resource().equals(resource))
                            .anyMatch(row ->
                                    row.slot().start().isBefore(slot.blockedUntil())
                                            && slot.start().isBefore(row.slot().blockedUntil()));
            if (!taken) {
                var booking =
                        new Booking(UUID.randomUUID().toString(), slot.start(), order.service());
                rows.add(new Row(booking, resource, slot, owner(order.key())));
                ToolResult made = answer.apply(booking);
                if (order.key().callSid().isPresent() && order.key().toolCallId().isPresent()) {
                    answers.put(toolCall(order.key()), made);
                }
                return new Booked.New(made);
            }
        }
        return new Booked.SlotTaken();
    }

    private <T> CompletionStage<T> unlessAway(T value) {
        return away
                ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                : CompletableFuture.completedFuture(value);
    }

    private static String owner(Key key) {
        return key.callSid().map(CallSid::value).orElse(key.caller().e164());
    }

    private static String toolCall(Key key) {
        return key.callSid().map(CallSid::value).orElse("") + " " + key.toolCallId().orElse("");
    }
}
