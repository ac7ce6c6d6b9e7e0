package org.telephonystack.model.log;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// Which lines about a collector of spans are heard: one per outage, for calls do not need it.
public final class CollectorLines implements Filter {

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

    private final Runnable batchLost;
    private final OncePerOutage outage;

    /// @param batchLost counts it
    /// @param nanoTime as [System#nanoTime()]
    public CollectorLines(Runnable batchLost, LongSupplier nanoTime) {
        this.batchLost = batchLost;
        this.outage = new OncePerOutage(QUIET, nanoTime);
    }

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
        batchLost.run();
        line.setLevel(Level.WARNING);
        line.setMessage("The collector of spans did not take a batch: it is lost");
        return outage.begins();
    }
}
