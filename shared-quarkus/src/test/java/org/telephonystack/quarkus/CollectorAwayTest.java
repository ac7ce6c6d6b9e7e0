package org.telephonystack.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.util.logging.Level;
import java.util.logging.LogRecord;

class CollectorAwayTest {

    private static final String QUEUE = "io.opentelemetry.sdk.trace.export.BatchSpanProcessor";

    private final CollectorAway filter = new CollectorAway();

    @Test
    void everyLostBatchIsCounted() {
        var meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try {
            filter.isLoggable(line("Exporter failed"));
            filter.isLoggable(line("Exporter failed"));

            assertThat(meters.get("telephony.trace.exports.failed").counter().count()).isEqualTo(2);
        } finally {
            Metrics.removeRegistry(meters);
        }
    }

    private static LogRecord line(String message) {
        var line = new LogRecord(Level.SEVERE, message);
        line.setLoggerName(QUEUE);
        return line;
    }
}
