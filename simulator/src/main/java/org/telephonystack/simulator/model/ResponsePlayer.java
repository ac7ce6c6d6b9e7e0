package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;
import org.telephonystack.simulator.script.ModelStep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Makes one response: its items one after the other, each in small pieces, until it is done or cancelled.
final class ResponsePlayer {

    /// What the player needs to know of the session, and what it tells it.
    interface Session {
        SessionSettings settings();

        byte[] speak(String text);

        int heardBytes();

        boolean countsUsage();

        void onDone(ResponsePlayer player);

        /// The connection ends here through the model's own fault.
        void onFault(ModelStep fault);
    }

    private final Vertx vertx;
    private final ModelPace pace;
    private final Line line;
    private final Conversation conversation;
    private final Session session;
    private final JsonNode request;
    private final String id;
    private final Deque<ModelStep> ahead;
    private final List<OutputItem> items = new ArrayList<>();
    private @Nullable OutputItem current;
    private long timer = -1;
    private boolean over;

    ResponsePlayer(
            Vertx vertx,
            ModelPace pace,
            Line line,
            Conversation conversation,
            Session session,
            JsonNode request,
            List<ModelStep> steps) {
        this.vertx = vertx;
        this.pace = pace;
        this.line = line;
        this.conversation = conversation;
        this.session = session;
        this.request = request;
        this.id = line.newId("resp");
        this.ahead = new ArrayDeque<>(steps);
    }

    String id() {
        return id;
    }

    void start(String heard, long askedNanos) {
        line.connection().onTurn(new ModelTurn(id, heard, "", askedNanos, 0, "in_progress"));
        line.send(
                "response.created", event -> event.set("response", describe("in_progress", null)));
        line.send(
                "rate_limits.updated",
                event ->
                        event.putArray("rate_limits")
                                .addObject()
                                .put("name", "tokens")
                                .put("limit", 50_000)
                                .put("remaining", 49_950)
                                .put("reset_seconds", 0.06));
        // Nobody knows this type; whoever stumbles over it would stumble over next month's API.
        line.send("response.weather.updated", event -> event.put("response_id", id));
        after(pace.untilFirstSound().toMillis());
    }

    private void after(long millis) {
        timer = vertx.setTimer(Math.max(1, millis), _ -> advance());
    }

    private void advance() {
        if (over) {
            return;
        }
        OutputItem item = current;
        if (item == null) {
            begin(ahead.peek());
            return;
        }
        boolean more = item.emitNext();
        noteSound(item);
        if (more) {
            after(pace.betweenPieces().toMillis());
        } else {
            afterItem(item);
        }
    }

    private void begin(@Nullable ModelStep step) {
        switch (step) {
            case null -> done("completed", null);
            case ModelStep.Say(String text) -> open(spoken(text, 1));
            case ModelStep.CutShort(String text) -> open(spoken(text, 0.5));
            case ModelStep.DropMidAnswer(String text, boolean _) -> open(spoken(text, 0.5));
            case ModelStep.Call call ->
                    open(
                            new CalledItem(
                                    line,
                                    conversation,
                                    id,
                                    items.size(),
                                    call.tool(),
                                    call.arguments()));
            case ModelStep.Fail(String code) -> fail(code);
            case ModelStep.Stall stall -> session.onFault(stall);
            case ModelStep.Expire expire -> session.onFault(expire);
        }
    }

    private OutputItem spoken(String text, double share) {
        if (!session.settings().speaksPhoneAudio()) {
            line.connection().onViolation("a response was wanted before audio/pcmu was agreed");
        }
        return new SpokenItem(
                line, conversation, id, items.size(), text, session.speak(text), share);
    }

    private void open(OutputItem item) {
        current = item;
        items.add(item);
        item.open();
        after(pace.betweenPieces().toMillis());
    }

    private void afterItem(OutputItem item) {
        current = null;
        ModelStep step = ahead.remove();
        switch (step) {
            case ModelStep.DropMidAnswer drop -> session.onFault(drop);
            case ModelStep.CutShort _ -> {
                item.close("incomplete");
                done("incomplete", details("incomplete").put("reason", "max_output_tokens"));
            }
            default -> {
                item.close("completed");
                advance();
            }
        }
    }

    private void noteSound(OutputItem item) {
        if (item instanceof SpokenItem) {
            line.connection()
                    .turn(id)
                    .filter(turn -> turn.firstAudioNanos() == 0)
                    .ifPresent(turn -> line.connection().onTurn(turn.withSound(System.nanoTime())));
        }
    }

    /// One more piece is under way when a response is cancelled; then its items end incomplete.
    void cancel(String reason) {
        vertx.cancelTimer(timer);
        OutputItem item = current;
        if (item != null) {
            item.emitNext();
            item.close("incomplete");
        }
        done("cancelled", details("cancelled").put("reason", reason));
    }

    private void fail(String code) {
        ObjectNode details = details("failed");
        details.putObject("error")
                .put("type", "server_error")
                .put("code", code)
                .put("message", "The server could not answer: " + code);
        done("failed", details);
    }

    /// The connection is gone or silent: nothing more happens.
    void abandon() {
        over = true;
        vertx.cancelTimer(timer);
    }

    private void done(String status, @Nullable ObjectNode details) {
        over = true;
        line.connection()
                .turn(id)
                .ifPresent(turn -> line.connection().onTurn(turn.ended(said(), status)));
        line.send("response.done", event -> event.set("response", describe(status, details)));
        session.onDone(this);
    }

    private String said() {
        var said = new StringBuilder();
        for (OutputItem item : items) {
            if (item instanceof SpokenItem spoken) {
                said.append(said.isEmpty() ? "" : " ").append(spoken.said());
            }
        }
        return said.toString();
    }

    private static ObjectNode details(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private ObjectNode describe(String status, @Nullable ObjectNode details) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("object", "realtime.response").put("id", id).put("status", status);
        response.set("status_details", details);
        var output = response.putArray("output");
        items.forEach(item -> output.add(item.item().deepCopy()));
        response.put("conversation_id", "conv_1");
        response.set("output_modalities", session.settings().at("/output_modalities"));
        response.set("max_output_tokens", session.settings().at("/max_output_tokens"));
        ObjectNode spoken = response.putObject("audio").putObject("output");
        // A session has a speed, too; a response does not.
        spoken.set("format", session.settings().at("/audio/output/format"));
        spoken.set("voice", session.settings().at("/audio/output/voice"));
        response.set(
                "metadata", request.path("metadata").isObject() ? request.path("metadata") : null);
        boolean counted = !status.equals("in_progress") && session.countsUsage();
        response.set("usage", counted ? usage() : null);
        return response;
    }

    private ObjectNode usage() {
        int spokenBytes = 0;
        for (OutputItem item : items) {
            spokenBytes += item instanceof SpokenItem spoken ? spoken.sentBytes() : 0;
        }
        int prompt = session.settings().instructions().length();
        return Usage.of(prompt, session.heardBytes(), said().length(), spokenBytes);
    }
}
