package org.telephonystack.action.booking;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/// Which resources there are, and when each is taken. What one resource has taken does not overlap: the database sees to it.
public final class Diary {

    /// @param until excluded, buffer included
    public record Taken(UUID resource, Instant from, Instant until) {}

    /// A booking of which nobody knows the resource: it takes one of them.
    ///
    /// @param until excluded, buffer included
    public record Unplaced(Instant from, Instant until) {}

    private final Map<UUID, NavigableMap<Instant, Instant>> untilByStart = new HashMap<>();
    private final List<Unplaced> unplaced;

    public Diary(List<UUID> resources, List<Taken> taken) {
        this(resources, taken, List.of());
    }

    /// @param resources those that can be booked
    /// @param taken times of other resources are ignored
    public Diary(List<UUID> resources, List<Taken> taken, List<Unplaced> unplaced) {
        resources.forEach(resource -> untilByStart.put(resource, new TreeMap<>()));
        for (Taken one : taken) {
            NavigableMap<Instant, Instant> mine = untilByStart.get(one.resource());
            if (mine != null) {
                mine.put(one.from(), one.until());
            }
        }
        this.unplaced = List.copyOf(unplaced);
    }

    /// Whether a resource is free from the slot's start to the end of its buffer, and more are than may be needed elsewhere.
    boolean hasRoomFor(Slot slot) {
        long free = untilByStart.values().stream().filter(taken -> isFree(taken, slot)).count();
        return free > 0
                && free
                        > unplaced.stream()
                                .filter(one ->
                                        one.from().isBefore(slot.blockedUntil())
                                                && one.until().isAfter(slot.start()))
                                .count();
    }

    private static boolean isFree(NavigableMap<Instant, Instant> taken, Slot slot) {
        var last = taken.lowerEntry(slot.blockedUntil());
        return last == null || !last.getValue().isAfter(slot.start());
    }
}
