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

    private final Map<UUID, NavigableMap<Instant, Instant>> untilByStart = new HashMap<>();

    /// @param resources those that can be booked
    /// @param taken times of other resources are ignored
    public Diary(List<UUID> resources, List<Taken> taken) {
        resources.forEach(resource -> untilByStart.put(resource, new TreeMap<>()));
        for (Taken one : taken) {
            NavigableMap<Instant, Instant> mine = untilByStart.get(one.resource());
            if (mine != null) {
                mine.put(one.from(), one.until());
            }
        }
    }

    /// Whether any resource is free from the slot's start to the end of its buffer.
    boolean hasRoomFor(Slot slot) {
        return untilByStart.values().stream()
                .anyMatch(taken -> {
                    var last = taken.lowerEntry(slot.blockedUntil());
                    return last == null || !last.getValue().isAfter(slot.start());
                });
    }
}
