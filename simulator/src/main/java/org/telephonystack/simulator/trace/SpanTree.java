package org.telephonystack.simulator.trace;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Prints the spans of a trace as a person reads them: indented, in the order of time, with durations and events.
public final class SpanTree {

    /// The process and the code are not what a reader of a call looks for.
    private static final List<String> NOISE =
            List.of("thread.", "code.", "telemetry.", "otel.", "network.", "db.", "call.sid");

    private static final int NAME_WIDTH = 40;

    private final List<RecordedSpan> spans;
    private final StringBuilder text = new StringBuilder();

    private SpanTree(List<RecordedSpan> spans) {
        this.spans =
                spans.stream()
                        .sorted(Comparator.comparingLong(RecordedSpan::startEpochNanos))
                        .toList();
    }

    /// A span whose parent has not arrived stands a step in from the left.
    public static String print(List<RecordedSpan> spans) {
        return new SpanTree(spans).print();
    }

    private String print() {
        Set<String> known = spans.stream().map(RecordedSpan::spanId).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (RecordedSpan span : spans) {
            if (!known.contains(span.parentSpanId())) {
                print(span, span.parentSpanId().isEmpty() ? 0 : 1, seen);
            }
        }
        return text.toString();
    }

    private void print(RecordedSpan span, int depth, Set<String> seen) {
        if (!seen.add(span.spanId())) {
            return;
        }
        String name = "  ".repeat(depth) + span.name();
        text.append(name).append(" ".repeat(Math.max(1, NAME_WIDTH - name.length())));
        text.append("%10s  %s".formatted(millis(span.duration()), span.service()));
        text.append(span.failed() ? "  FAILED" : "");
        span.attributes().entrySet().stream()
                .filter(attribute -> NOISE.stream().noneMatch(attribute.getKey()::startsWith))
                .sorted(Map.Entry.comparingByKey())
                .forEach(attribute -> text.append("  ").append(attribute));
        text.append('\n');
        for (RecordedSpan.Event event : span.events()) {
            text.append("  ".repeat(depth + 1))
                    .append("· ")
                    .append(event.name())
                    .append(" +")
                    .append(millis(event.afterStart()))
                    .append('\n');
        }
        spans.stream()
                .filter(child -> child.parentSpanId().equals(span.spanId()))
                .forEach(child -> print(child, depth + 1, seen));
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
