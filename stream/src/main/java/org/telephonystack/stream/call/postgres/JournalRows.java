package org.telephonystack.stream.call.postgres;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.CallSid;
import org.telephonystack.stream.call.CallJournal.Incident;
import org.telephonystack.stream.call.CallJournal.Line;
import org.telephonystack.stream.call.CallJournal.ToolRequest;
import org.telephonystack.stream.call.CallJournal.Turn;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The lines of a call as rows. Written twice, or in another order, they come to the same.
final class JournalRows {

    /// A line and whose it is.
    record Entry(CallSid callSid, int attempt, Line line) {}

    private static final String TURN =
            """
            insert into call_turns (call_sid, attempt, seq, role, content, heard_millis, spoken_millis, interrupted,
                speech_stopped_at, first_audio_at, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict do nothing
            """;

    private static final String INCIDENT =
            """
            insert into call_incidents (call_sid, attempt, number, kind, details, at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict do nothing
            """;

    /// The answer may overtake the request in an outage.
    private static final String TOOL =
            """
            insert into call_tool_requests as r (call_sid, tool_call_id, attempt, action, params, at, answered_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (call_sid, tool_call_id) do update set
                answered_at = coalesce(r.answered_at, excluded.answered_at),
                params = case when coalesce(r.answered_at, excluded.answered_at) is null then r.params end
            """;

    static final List<String> STATEMENTS = List.of(TURN, INCIDENT, TOOL);

    private JournalRows() {}

    static String statement(Line line) {
        return switch (line) {
            case Turn _ -> TURN;
            case Incident _ -> INCIDENT;
            case ToolRequest _ -> TOOL;
        };
    }

    static Tuple tuple(Entry entry) {
        return switch (entry.line()) {
            case Turn turn -> tuple(entry, turn);
            case Incident incident -> tuple(entry, incident);
            case ToolRequest tool -> tuple(entry, tool);
        };
    }

    private static Tuple tuple(Entry entry, Incident incident) {
        return Tuple.of(
                entry.callSid().value(),
                entry.attempt(),
                incident.number(),
                incident.kind(),
                new JsonObject(incident.details()),
                incident.at().atOffset(ZoneOffset.UTC));
    }

    private static Tuple tuple(Entry entry, ToolRequest tool) {
        var values = new ArrayList<Object>();
        values.add(entry.callSid().value());
        values.add(tool.toolCallId());
        values.add(entry.attempt());
        values.add(tool.name());
        values.add(
                tool.answered().isPresent() ? null : new JsonObject(new HashMap<>(tool.params())));
        values.add(tool.at().atOffset(ZoneOffset.UTC));
        values.add(timestamp(tool.answered()));
        return Tuple.tuple(values);
    }

    private static Tuple tuple(Entry entry, Turn turn) {
        var values = new ArrayList<Object>();
        values.add(entry.callSid().value());
        values.add(entry.attempt());
        values.add(turn.seq());
        values.add(turn.speaker().name().toLowerCase(Locale.ROOT));
        // PostgreSQL takes no NUL in a text.
        values.add(turn.text().replace("\0", ""));
        values.add((int) turn.heardMillis());
        values.add((int) turn.spokenMillis());
        values.add(turn.interrupted());
        values.add(timestamp(turn.speechStopped()));
        values.add(timestamp(turn.firstAudio()));
        values.add(turn.at().atOffset(ZoneOffset.UTC));
        return Tuple.tuple(values);
    }

    private static @Nullable OffsetDateTime timestamp(Optional<Instant> instant) {
        return instant.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
    }
}
