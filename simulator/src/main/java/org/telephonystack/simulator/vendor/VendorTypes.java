package org.telephonystack.simulator.vendor;

import com.openai.core.ObjectMappers;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeServerEvent;

import org.telephonystack.simulator.model.ModelConnection;
import org.telephonystack.simulator.model.ModelEvent;
import org.telephonystack.simulator.model.ScriptedModel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Judges everything that passed a simulated model by the vendor's own types (openai-java): what we said to it, and what it
/// said to us. Required fields are there, values are of their lists, and nothing is there that the vendor does not know.
public final class VendorTypes {

    /// The simulated model says so on purpose: events are added at any time.
    private static final String UNKNOWN_ON_PURPOSE = "response.weather.updated";

    private static final Set<String> SOUND =
            Set.of("input_audio_buffer.append", "response.output_audio.delta");
    private static final int PIECES = 20;

    private VendorTypes() {}

    /// Every event of every connection there was, in both directions.
    public static void assertAllOf(ScriptedModel model) {
        assertAllOf(model.connections());
    }

    /// The same of some connections. Of the sound, which looks the same fifty times a second, the first pieces of each.
    public static void assertAllOf(List<ModelConnection> connections) {
        var problems = new TreeMap<String, String>();
        for (ModelConnection connection : connections) {
            judge(connection.received(), RealtimeClientEvent.class, problems);
            judge(connection.sent(), RealtimeServerEvent.class, problems);
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    "not of the vendor's types:\n" + String.join("\n", problems.values()));
        }
    }

    private static void judge(
            List<ModelEvent> events, Class<?> type, Map<String, String> problems) {
        int pieces = 0;
        for (ModelEvent event : events) {
            boolean isEnough = SOUND.contains(event.type()) && ++pieces > PIECES;
            if (!isEnough && !event.type().equals(UNKNOWN_ON_PURPOSE)) {
                judge(event, type, problems);
            }
        }
    }

    private static void judge(ModelEvent event, Class<?> type, Map<String, String> problems) {
        try {
            Object typed = ObjectMappers.jsonMapper().readValue(event.body().toString(), type);
            switch (typed) {
                case RealtimeClientEvent client -> client.validate();
                case RealtimeServerEvent server -> server.validate();
                default -> throw new IllegalStateException(type.getName());
            }
            AdditionalProperties.assertNoneIn(typed);
        } catch (Exception | AssertionError e) {
            problems.putIfAbsent(
                    event.type(), event.type() + ": " + e.getMessage() + ": " + event.body());
        }
    }
}
