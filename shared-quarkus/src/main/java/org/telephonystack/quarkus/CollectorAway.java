package org.telephonystack.quarkus;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.logging.LoggingFilter;

import org.telephonystack.model.log.CollectorLines;

import java.util.logging.Filter;
import java.util.logging.LogRecord;

/// A collector of spans that is away is one line per outage, and a counter.
@LoggingFilter(name = "collector-away")
public final class CollectorAway implements Filter {

    // No bean is at hand here: Quarkus' registry is part of the global one.
    private final CollectorLines lines =
            new CollectorLines(
                    () -> Metrics.counter("telephony.trace.exports.failed").increment(),
                    System::nanoTime);

    @Override
    public boolean isLoggable(LogRecord line) {
        return lines.isLoggable(line);
    }
}
