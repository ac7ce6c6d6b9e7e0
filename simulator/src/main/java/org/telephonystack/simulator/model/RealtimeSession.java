package org.telephonystack.simulator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelStep;

import java.util.Optional;

/// One session of the Realtime API: what each client event does. All of it runs on the connection's event loop.
final class RealtimeSession implements ResponsePlayer.Session, AudioInput.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx;
    private final Stage stage;
    private final ModelPace pace;
    private final Line line;
    private final SessionSettings settings;
    private final Conversation conversation = new Conversation();
    private final Items items;
    private final Hearing hearing;
    private final AudioInput input;
    private final Actor actor;
    private @Nullable ResponsePlayer active;
    private boolean audioProduced;

    RealtimeSession(Vertx vertx, Stage stage, ModelPace pace, Line line, String model) {
        this.vertx = vertx;
        this.stage = stage;
        this.pace = pace;
        this.line = line;
        this.settings = new SessionSettings(line.newId("sess"), model);
        this.items = new Items(line, conversation);
        this.hearing = new Hearing(vertx, line, conversation);
        this.input = new AudioInput(line, settings, this);
        this.actor = new Actor(() -> stage.performanceFor(line.connection().caller()));
    }

    void open() {
        line.send("session.created", event -> event.set("session", settings.effective()));
    }

    void onText(String text) {
        JsonNode event;
        try {
            event = JSON.readTree(text);
        } catch (JsonProcessingException _) {
            event = JSON.createObjectNode();
        }
        if (event instanceof ObjectNode object) {
            line.connection()
                    .onReceived(
                            new ModelEvent(
                                    event.path("type").asText(""),
                                    System.nanoTime(),
                                    Line.withoutSound(object)));
        }
        JsonNode known = event;
        ClientEvents.check(event)
                .or(() -> handle(known))
                .ifPresent(refusal -> line.refuse(refusal, known));
    }

    private Optional<Refusal> handle(JsonNode event) {
        return switch (event.path("type").asText("")) {
            case "session.update" -> updateSession(event);
            case "input_audio_buffer.append" -> input.append(event.path("audio").asText(""));
            case "input_audio_buffer.commit" -> commit();
            case "input_audio_buffer.clear" -> {
                input.clear();
                line.send("input_audio_buffer.cleared", _ -> {});
                yield Optional.empty();
            }
            case "conversation.item.create" -> createItem(event);
            case "conversation.item.truncate" -> items.truncate(event);
            case "conversation.item.delete" -> items.delete(event);
            case "conversation.item.retrieve" -> items.retrieve(event);
            case "response.create" -> createResponse(event.path("response"));
            case "response.cancel" -> cancelResponse(event.path("response_id").asText(""));
            default -> throw new IllegalStateException("no handler for " + event.path("type"));
        };
    }

    private Optional<Refusal> updateSession(JsonNode event) {
        JsonNode session = event.path("session");
        Optional<String> caller =
                stage.callerIn(session.path("instructions").asText(settings.instructions()));
        if (stage.isAway(caller)) {
            line.reset();
            return Optional.empty();
        }
        if (stage.refusesSessionUpdate(caller)) {
            line.sendError(
                    Refusal.value("session.audio.output.voice", "not available"),
                    event.path("event_id").asText(null));
            return Optional.empty();
        }
        Optional<Refusal> refusal = settings.update(session, audioProduced);
        if (refusal.isEmpty()) {
            line.connection().onSession(settings.instructions(), caller);
            line.send("session.updated", sent -> sent.set("session", settings.effective()));
        }
        return refusal;
    }

    private Optional<Refusal> createItem(JsonNode event) {
        Optional<Refusal> refusal = items.create(event);
        if (refusal.isEmpty()) {
            JsonNode item = event.path("item");
            actor.read(item, conversation.toolOf(item.path("call_id").asText("")));
        }
        return refusal;
    }

    private Optional<Refusal> createResponse(JsonNode response) {
        Optional<Refusal> refusal =
                response.isMissingNode()
                        ? Optional.empty()
                        : SessionRules.checkResponse(response, settings.model());
        if (refusal.isPresent()) {
            return refusal;
        }
        if (response.path("conversation").asText("").equals("none")) {
            return Optional.of(
                    Refusal.value("response.conversation", "out of band is not simulated"));
        }
        ResponsePlayer current = active;
        if (current != null) {
            return Optional.of(Refusal.alreadyActive(current.id()));
        }
        respond(response, System.nanoTime());
        return Optional.empty();
    }

    private Optional<Refusal> cancelResponse(String responseId) {
        ResponsePlayer current = active;
        if (current == null || !(responseId.isEmpty() || responseId.equals(current.id()))) {
            return Optional.of(Refusal.nothingToCancel());
        }
        current.cancel("client_cancelled");
        return Optional.empty();
    }

    private void respond(JsonNode request, long askedNanos) {
        String heard = actor.heard();
        var player =
                new ResponsePlayer(vertx, pace, line, conversation, this, request, actor.answer());
        active = player;
        player.start(heard, askedNanos);
    }

    private Optional<Refusal> commit() {
        if (input.isTooShortToCommit()) {
            return Optional.of(input.emptyCommit());
        }
        hear(line.newId("item"), input.take());
        return Optional.empty();
    }

    @Override
    public void onSpeechStarted(String itemId, int audioStartMillis) {
        ResponsePlayer current = active;
        boolean interrupts =
                settings.detection()
                        .map(SessionSettings.Detection::interruptsResponse)
                        .orElse(false);
        if (current != null && interrupts) {
            current.cancel("turn_detected");
        }
    }

    @Override
    public void onSpeechStopped(String itemId, int audioEndMillis, byte[] audio) {
        hear(itemId, audio);
        if (!settings.detection().map(SessionSettings.Detection::createsResponse).orElse(false)) {
            return;
        }
        ResponsePlayer current = active;
        if (current == null) {
            respond(JSON.createObjectNode(), System.nanoTime());
        } else {
            line.sendError(Refusal.alreadyActive(current.id()), null);
        }
    }

    private void hear(String itemId, byte[] audio) {
        hearing.commit(itemId);
        actor.hear(stage.understand(audio));
        if (settings.transcribes()) {
            hearing.transcribe(itemId, actor, audio.length / 8000.0);
        }
    }

    @Override
    public SessionSettings settings() {
        return settings;
    }

    @Override
    public byte[] speak(String text) {
        audioProduced = true;
        return stage.speak(text);
    }

    @Override
    public int heardBytes() {
        return line.connection().audioBytes();
    }

    @Override
    public boolean countsUsage() {
        return !actor.has(ModelQuirk.NO_USAGE);
    }

    @Override
    public void onDone(ResponsePlayer player) {
        active = null;
        hearing.onResponseDone();
    }

    @Override
    public void onFault(ModelStep fault) {
        actor.breakOff();
        onClosed();
        switch (fault) {
            case ModelStep.DropMidAnswer(String _, boolean stayAway) -> {
                if (stayAway) {
                    stage.stayAway(line.connection().caller());
                }
                line.reset();
            }
            case ModelStep.Expire _ -> line.expire();
            default -> line.stall();
        }
    }

    void onClosed() {
        ResponsePlayer current = active;
        active = null;
        if (current != null) {
            current.abandon();
        }
    }
}
