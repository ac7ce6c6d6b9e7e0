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
    private static final String EXPORTER = "io.opentelemetry.exporter.internal.http.HttpExporter";

    private final CollectorAway filter = new CollectorAway();

    @Test
    void anExporterThatFailsAgainAndAgainIsHeardOnceAndCountedAlways() {
        var meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try {
            assertThat(filter.isLoggable(line(SENDER))).isTrue();
            assertThat(filter.isLoggable(line(SENDER))).isFalse();
            assertThat(filter.isLoggable(line(EXPORTER))).isFalse();

            assertThat(meters.get("telephony.trace.exports.failed").counter().count()).isEqualTo(3);
        } finally {
            Metrics.removeRegistry(meters);
        }
    }

    @Test
    void everyOtherLinePasses() {
        assertThat(filter.isLoggable(line("org.telephonystack.frontdoor"))).isTrue();
        assertThat(filter.isLoggable(line("org.telephonystack.frontdoor"))).isTrue();
    }

    private static LogRecord line(String logger) {
        var line = new LogRecord(Level.SEVERE, "Failed to export spans");
        line.setLoggerName(logger);
        return line;
    }
}
