package org.telephonystack.frontdoor.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.util.logging.Level;
import java.util.logging.LogRecord;

class CollectorAwayTest {

    private static final String SENDER =
            "io.quarkus.opentelemetry.runtime.exporter.otlp.sender.VertxHttpSender";
    private static final String QUEUE = "io.opentelemetry.sdk.trace.export.BatchSpanProcessor";
    private static final String EXPORTER = "io.opentelemetry.exporter.internal.http.HttpExporter";

    private final CollectorAway filter = new CollectorAway();

    @Test
    void everyLostBatchIsCountedAndAnOutageIsHeardOnce() {
        var meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try {
            LogRecord first = line(QUEUE, "Exporter failed");
            assertThat(filter.isLoggable(first)).isTrue();
            assertThat(first.getLevel()).isEqualTo(Level.WARNING);
            assertThat(first.getMessage()).contains("did not take a batch");
            assertThat(filter.isLoggable(line(QUEUE, "Exporter failed"))).isFalse();
            assertThat(filter.isLoggable(line(SENDER, "Failed to export spans"))).isFalse();
            assertThat(filter.isLoggable(line(EXPORTER, "Failed to export spans"))).isFalse();

            assertThat(meters.get("telephony.trace.exports.failed").counter().count()).isEqualTo(2);
        } finally {
            Metrics.removeRegistry(meters);
        }
    }

    @Test
    void whatElseTheQueueSaysAtDebugLevelIsNotHeard() {
        LogRecord chatter = line(QUEUE, "something");
        chatter.setLevel(Level.FINE);

        assertThat(filter.isLoggable(chatter)).isFalse();
        assertThat(filter.isLoggable(line(QUEUE, "something worse"))).isTrue();
    }

    @Test
    void everyOtherLinePasses() {
        assertThat(filter.isLoggable(line("org.telephonystack.frontdoor", "a line"))).isTrue();
        assertThat(filter.isLoggable(line("org.telephonystack.frontdoor", "a line"))).isTrue();
    }

    private static LogRecord line(String logger, String message) {
        var line = new LogRecord(Level.SEVERE, message);
        line.setLoggerName(logger);
        return line;
    }
}
