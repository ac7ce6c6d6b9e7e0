package org.telephonystack.simulator.trace;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A span as a service exported it.
///
/// @param service `service.name` of the exporting process
/// @param parentSpanId empty for a root
/// @param kind `internal`, `server`, `client`, `producer`, `consumer`
public record RecordedSpan(
        String traceId,
        String spanId,
        String parentSpanId,
        String service,
        String name,
        String kind,
        long startEpochNanos,
        long endEpochNanos,
        Map<String, String> attributes,
        List<Event> events,
        boolean failed) {

    /// @param afterStart from the span's start
    public record Event(String name, Duration afterStart, Map<String, String> attributes) {}

    public RecordedSpan {
        attributes = Map.copyOf(attributes);
        events = List.copyOf(events);
    }

    public Duration duration() {
        return Duration.ofNanos(endEpochNanos - startEpochNanos);
    }

    public Optional<Event> event(String eventName) {
        return events.stream().filter(event -> event.name().equals(eventName)).findFirst();
    }
}
