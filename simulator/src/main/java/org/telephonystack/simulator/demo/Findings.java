package org.telephonystack.simulator.demo;

import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.report.LatencyReport;
import org.telephonystack.simulator.trace.RecordedSpan;
import org.telephonystack.simulator.trace.SpanTree;
import org.telephonystack.simulator.world.World;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/// What a call left behind: rows, log lines, spans, figures, texts.
final class Findings {

    private static final Duration TRACE_LIMIT = Duration.ofSeconds(20);

    private static final String BOOKINGS =
            """
            select b.id::text, b.client_phone, to_char(b.scheduled_time at time zone business.time_zone, 'Dy YYYY-MM-DD HH24:MI'),
                   b.service_type, b.status, coalesce(r.name, '')
            from bookings b left join resources r on r.id = b.resource_id, business
            where b.call_sid = ?
            """;

    private static final String CALL =
            "select end_reason, outcome, attempt from calls where call_sid = ?";

    private final World world;
    private final Terminal terminal;
    private final CallRecord call;

    Findings(World world, Terminal terminal, CallRecord call) {
        this.world = world;
        this.terminal = terminal;
        this.call = call;
    }

    /// The trace's root comes when the outcome is final, the stream's span when its service next exports.
    List<RecordedSpan> awaitTrace() {
        String traceId = call.callSid().substring(2).toLowerCase(Locale.ROOT);
        try {
            return world.traces()
                    .await(
                            traceId,
                            TRACE_LIMIT,
                            spans ->
                                    has(spans, "call")
                                            && (call.streams().isEmpty() || has(spans, "stream")))
                    .join();
        } catch (CompletionException e) {
            terminal.line("the root span has not come within " + TRACE_LIMIT.toSeconds() + " s");
            return world.traces().spans(traceId);
        }
    }

    private static boolean has(List<RecordedSpan> spans, String name) {
        return spans.stream().anyMatch(span -> span.name().equals(name));
    }

    void rows(Connection database) throws SQLException {
        terminal.title("In PostgreSQL");
        try (var query = database.prepareStatement(CALL)) {
            query.setString(1, call.callSid());
            print("calls", query.executeQuery(), "end_reason %s | outcome %s | attempt %s");
        }
        try (var query = database.prepareStatement(BOOKINGS)) {
            query.setString(1, call.callSid());
            print("bookings", query.executeQuery(), "%s | %s | %s | %s | %s | %s");
        }
        try (var query =
                database.prepareStatement(
                        "select state, recipient, body, message_sid from sms_outbox where call_sid = ?")) {
            query.setString(1, call.callSid());
            print("sms_outbox", query.executeQuery(), "%s | %s | “%s” | %s");
        }
    }

    private void print(String table, ResultSet rows, String format) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        boolean any = false;
        while (rows.next()) {
            any = true;
            var values = new Object[columns];
            for (int i = 0; i < columns; i++) {
                values[i] = String.valueOf(rows.getObject(i + 1));
            }
            terminal.line("  %-11s %s".formatted(table, format.formatted(values)));
        }
        if (!any) {
            terminal.line("  %-11s (no row)".formatted(table));
        }
    }

    void logLines() {
        terminal.title("What an SRE greps: " + call.callSid().substring(2));
        String traceId = call.callSid().substring(2);
        // Each line begins with its time of day: the services' lines one after the other, as the
        // call went.
        world.stack().processes().stream()
                .flatMap(process ->
                        process.lines().stream()
                                .filter(line -> line.contains(traceId))
                                .map(line -> new Logged(process.name(), line)))
                .sorted(Comparator.comparing(Logged::time))
                .forEach(it -> terminal.line("  %-9s %s".formatted(it.service(), it.line())));
    }

    private record Logged(String service, String line) {

        String time() {
            return line.substring(0, Math.min(12, line.length()));
        }
    }

    void texts() {
        var texts = world.twilio().messagesTo(call.from());
        if (!texts.isEmpty()) {
            terminal.title("Texts to " + call.from());
            texts.forEach(text -> terminal.line("  ✉  " + text.body()));
        }
    }

    void trace(List<RecordedSpan> spans) {
        terminal.title("The call as one trace (id = CallSid without CA)");
        SpanTree.print(spans).lines().forEach(line -> terminal.line("  " + line));
    }

    void figures(List<RecordedSpan> spans) {
        terminal.title("Figures of this run");
        var report = LatencyReport.of(spans, world.model().connectionsOf(call.from()));
        report.print().lines().forEach(line -> terminal.line("  " + line));
    }
}
