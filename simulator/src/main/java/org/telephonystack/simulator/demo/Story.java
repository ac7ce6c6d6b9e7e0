package org.telephonystack.simulator.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.PhoneCall;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Tells one call as it happens: what the telephone network sees, and what the services write down of it (turns and tool
/// calls, read from their tables and log lines, so that nothing is told that is not really there).
final class Story {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_MILLIS = 100;

    private static final String TURNS =
            """
            select attempt, seq, role, content, heard_millis, interrupted,
                   extract(epoch from first_audio_at - speech_stopped_at) * 1000 as answer_millis
            from call_turns where call_sid = ? order by attempt, at, seq
            """;

    private static final String TOOL_CALLS =
            "select tool_call_id, action, outcome, answer from tool_calls where call_sid = ? order by at";

    private final Terminal terminal;
    private final PhoneCall call;
    private final String who;
    private final long beganNanos = System.nanoTime();
    private final Set<String> told = new HashSet<>();
    private boolean callerSpoke;

    /// @param who the caller's name, for the lines
    Story(Terminal terminal, PhoneCall call, String who) {
        this.terminal = terminal;
        this.call = call;
        this.who = who;
    }

    /// Follows the call until it has ended; blocks.
    ///
    /// @param database a connection of its own
    void follow(Connection database) throws SQLException, InterruptedException {
        line("☎", who + " dials");
        call.onEvent(this::tell);
        try (var turns = database.prepareStatement(TURNS);
                var tools = database.prepareStatement(TOOL_CALLS)) {
            turns.setString(1, call.callSid());
            tools.setString(1, call.callSid());
            boolean over;
            do {
                over = isOver();
                tellTools(tools);
                tellTurns(turns);
            } while (!over);
        }
    }

    /// Waits a moment, or less when the call ends; then the tables are read once more.
    private boolean isOver() throws InterruptedException {
        try {
            call.settled().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            return true;
        }
    }

    private void tell(CallEvent event) {
        switch (event.kind()) {
            case FETCH -> line("→", event.text());
            case STREAM_STARTED -> line("→", "media stream started");
            case STREAM_ENDED -> line("→", "media stream ended: " + event.text());
            case SAY -> line("☎", "the telephone says: " + event.text());
            case CLEAR ->
                    line("✂", "the caller interrupts: " + event.text() + " of speech thrown away");
            case COMPLAINT -> line("!", "Twilio would complain: " + event.text());
            case DIAL, RECORD, REDIRECTED, KEY -> line("→", event.kind() + " " + event.text());
            case ENDED -> line("☎", "call over: " + event.text());
            case DIALED,
                    ANSWERED,
                    PLAY,
                    PAUSE,
                    GATHER,
                    STREAM_CONNECTING,
                    MARK_PLAYED,
                    MARK_CLEARED,
                    ASSISTANT_SPEAKS,
                    ASSISTANT_SILENT,
                    CALLER_SPEAKS,
                    CALLER_SILENT,
                    CALLBACK -> {}
        }
    }

    /// Tools without an effect leave no row; what they took, stream's log line tells.
    void tellLogLine(String logLine) {
        if (logLine.contains(call.callSid()) && logLine.contains("Tool Finished")) {
            line(
                    "🔧",
                    "tool       %s → %s in %s"
                            .formatted(
                                    value(logLine, "Tool"),
                                    value(logLine, "Result"),
                                    value(logLine, "Took")));
        }
    }

    private static String value(String logLine, String key) {
        for (String part : logLine.split("\\|")) {
            if (part.strip().startsWith(key + ":")) {
                return part.substring(part.indexOf(':') + 1).strip();
            }
        }
        return "?";
    }

    private void tellTurns(PreparedStatement turns) throws SQLException {
        try (ResultSet row = turns.executeQuery()) {
            while (row.next()) {
                if (!told.add("turn " + row.getInt("attempt") + "." + row.getInt("seq"))) {
                    continue;
                }
                boolean caller = row.getString("role").equals("caller");
                double answered = row.getDouble("answer_millis");
                String note = row.wasNull() || caller ? "" : ms(answered) + since();
                callerSpoke |= caller;
                if (row.getBoolean("interrupted")) {
                    note += (note.isEmpty() ? "" : ", ") + "interrupted";
                }
                line(
                        caller ? "🗣" : "🤖",
                        "%-10s %s%s"
                                .formatted(
                                        caller ? who : "assistant",
                                        "“" + row.getString("content") + "”",
                                        note.isEmpty() ? "" : "   (" + note + ")"));
            }
        }
    }

    private void tellTools(PreparedStatement tools) throws SQLException {
        try (ResultSet row = tools.executeQuery()) {
            while (row.next()) {
                if (told.add("tool " + row.getString("tool_call_id"))) {
                    line(
                            "💾",
                            "stored     %s → %s   %s"
                                    .formatted(
                                            row.getString("action"),
                                            row.getString("outcome"),
                                            details(row.getString("answer"))));
                }
            }
        }
    }

    /// Everything of a tool's answer but the sentence, which is told when it is said.
    private static String details(String answer) {
        try {
            var text = new StringBuilder();
            for (var field : JSON.readTree(answer).properties()) {
                JsonNode value = field.getValue();
                if (value.isValueNode() && !Set.of("script", "outcome").contains(field.getKey())) {
                    text.append(field.getKey()).append('=').append(value.asText()).append(' ');
                }
            }
            return text.toString().strip();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON is stored", e);
        }
    }

    private String since() {
        return callerSpoke ? " after the caller's last word" : " after the greeting was asked for";
    }

    private void line(String sign, String text) {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        terminal.line(String.format(Locale.ROOT, "%7.2f s  %s  %s", seconds, sign, text));
    }

    static String ms(double millis) {
        return String.format(Locale.ROOT, "%.0f ms", millis);
    }
}
