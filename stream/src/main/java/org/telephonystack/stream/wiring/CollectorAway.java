package org.telephonystack.stream.wiring;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.logging.LoggingFilter;

import org.telephonystack.model.log.OncePerOutage;

import java.time.Duration;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// A collector of spans that is away is one line per outage, and a counter: calls do not need it.
@LoggingFilter(name = "collector-away")
public final class CollectorAway implements Filter {

    /// Says at debug level of each batch that was not taken, be it refused, unreachable or too slow; the only one that does: the
    /// exporter of Quarkus 3.30 is silent about a collector that answers 503 or not at all. application.properties lets it be heard.
    private static final String QUEUE = "io.opentelemetry.sdk.trace.export.BatchSpanProcessor";

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
        if (QUEUE.equals(logger)) {
            return isNews(line);
        }
        if (logger == null || EXPORTERS.stream().noneMatch(logger::startsWith)) {
            return true;
        }
        return outage.begins();
    }

    private boolean isNews(LogRecord line) {
        if (!"Exporter failed".equals(line.getMessage())) {
            return line.getLevel().intValue() >= Level.INFO.intValue();
        }
        // No bean is at hand here: Quarkus' registry is part of the global one.
        Metrics.counter("telephony.trace.exports.failed").increment();
        line.setLevel(Level.WARNING);
        line.setMessage("The collector of spans did not take a batch: it is lost");
        return outage.begins();
    }
}
