package org.telephonystack.simulator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.script.Performance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Plays the script in one session: remembers what was said to the model since its last response, and knows what it
/// answers to that.
final class Actor {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Performance> casting;
    private @Nullable Performance performance;
    private String heard = "";
    private boolean toolsReturned;

    /// @param casting asked once, when the first thing happens that needs a script
    Actor(Supplier<Performance> casting) {
        this.casting = casting;
    }

    private Performance performance() {
        Performance known = performance;
        if (known == null) {
            known = casting.get();
            performance = known;
        }
        return known;
    }

    boolean has(ModelQuirk quirk) {
        return performance().script().has(quirk);
    }

    String heard() {
        return heard;
    }

    /// @param understood empty: what the script expects was said
    void hear(Optional<String> understood) {
        heard = understood.or(() -> performance().expected()).orElse("…");
    }

    /// @param tool empty for anything but the result of a tool
    void read(JsonNode item, Optional<String> tool) {
        switch (item.path("type").asText("") + " " + item.path("role").asText("")) {
            case "message user" -> heard = item.at("/content/0/text").asText("");
            // Somebody replays a conversation: what was said before this is answered.
            case "message assistant" -> heard = "";
            case "function_call_output " -> {
                tool.ifPresent(name -> performance().toolReturned(name, fields(item)));
                toolsReturned = true;
            }
            default -> {}
        }
    }

    private static Map<String, String> fields(JsonNode item) {
        Map<String, String> fields = new HashMap<>();
        String output = item.path("output").asText("");
        try {
            JSON.readTree(output).properties().stream()
                    .filter(field -> field.getValue().isValueNode())
                    .forEach(field -> fields.put(field.getKey(), field.getValue().asText("")));
        } catch (JsonProcessingException _) {
            fields.put("script", output);
        }
        return fields;
    }

    List<ModelStep> answer() {
        List<ModelStep> steps = choose(performance());
        heard = "";
        toolsReturned = false;
        return steps;
    }

    private List<ModelStep> choose(Performance playing) {
        if (playing.isBroken()) {
            playing.carryOn();
            return playing.onRequest();
        }
        if (!heard.isEmpty()) {
            return playing.onCaller(heard, toolsReturned);
        }
        return toolsReturned ? playing.onToolResults() : playing.onRequest();
    }

    void breakOff() {
        performance().breakOff();
    }
}
