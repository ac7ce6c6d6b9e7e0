package org.telephonystack.action.wiring;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.logging.LoggingFilter;

import org.telephonystack.model.log.OncePerOutage;

import java.time.Duration;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/// A collector of spans that is away is one line per outage, and a counter: calls do not need it.
@LoggingFilter(name = "collector-away")
public final class CollectorAway implements Filter {

    /// Who complains: the sender of a collector that cannot be reached, the exporter of one that refuses.
    private static final List<String> EXPORTERS =
            List.of(
                    "io.quarkus.opentelemetry.runtime.exporter.otlp.",
                    "io.opentelemetry.exporter.");

    /// The exporter itself repeats its line at the latest after one minute.
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final OncePerOutage outage = new OncePerOutage(QUIET, System::nanoTime);

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = line.getLoggerName();
        if (logger == null || EXPORTERS.stream().noneMatch(logger::startsWith)) {
            return true;
        }
        // No bean is at hand here: Quarkus' registry is part of the global one.
        Metrics.counter("telephony.trace.exports.failed").increment();
        return outage.begins();
    }
}
