package org.telephonystack.model.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;

class CollectorLinesTest {

    private static final String SENDER =
            "io.quarkus.opentelemetry.runtime.exporter.otlp.sender.VertxHttpSender";
    private static final String QUEUE = "io.opentelemetry.sdk.trace.export.BatchSpanProcessor";
    private static final String EXPORTER = "io.opentelemetry.exporter.internal.http.HttpExporter";

    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final CollectorLines lines = new CollectorLines(lost::incrementAndGet, now::get);

    @Test
    void everyLostBatchIsCountedAndAnOutageIsHeardOnce() {
        LogRecord first = line(QUEUE, "Exporter failed");

        assertThat(lines.isLoggable(first)).isTrue();
        assertThat(first.getLevel()).isEqualTo(Level.WARNING);
        assertThat(first.getMessage()).contains("did not take a batch");
        assertThat(lines.isLoggable(line(QUEUE, "Exporter failed"))).isFalse();
        assertThat(lines.isLoggable(line(SENDER, "Failed to export spans"))).isFalse();
        assertThat(lines.isLoggable(line(EXPORTER, "Failed to export spans"))).isFalse();
        assertThat(lost).hasValue(2);

        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(lines.isLoggable(line(QUEUE, "Exporter failed"))).as("the next outage").isTrue();
    }

    @Test
    void whatElseTheQueueSaysAtDebugLevelIsNotHeard() {
        LogRecord chatter = line(QUEUE, "something");
        chatter.setLevel(Level.FINE);

        assertThat(lines.isLoggable(chatter)).isFalse();
        assertThat(lines.isLoggable(line(QUEUE, "something worse"))).isTrue();
    }

    @Test
    void everyOtherLinePasses() {
        assertThat(lines.isLoggable(line("org.telephonystack", "a line"))).isTrue();
        assertThat(lines.isLoggable(line("org.telephonystack", "a line"))).isTrue();
        assertThat(lines.isLoggable(new LogRecord(Level.INFO, "of no logger"))).isTrue();
    }

    private static LogRecord line(String logger, String message) {
        var line = new LogRecord(Level.SEVERE, message);
        line.setLoggerName(logger);
        return line;
    }
}
