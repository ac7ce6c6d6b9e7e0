package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Vertx;

import org.telephonystack.simulator.script.ModelQuirk;

import java.util.ArrayList;
import java.util.List;

/// Turns committed sound into the caller's item, and its transcript, which comes when it comes.
final class Hearing {

    private static final long TRANSCRIPT_MILLIS = 20;

    private final Vertx vertx;
    private final Line line;
    private final Conversation conversation;
    private final List<Runnable> lateTranscripts = new ArrayList<>();

    Hearing(Vertx vertx, Line line, Conversation conversation) {
        this.vertx = vertx;
        this.line = line;
        this.conversation = conversation;
    }

    void commit(String itemId) {
        line.send(
                "input_audio_buffer.committed",
                event ->
                        event.put("previous_item_id", conversation.lastId().orElse(null))
                                .put("item_id", itemId));
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("id", itemId).put("object", "realtime.item").put("type", "message");
        item.put("status", "completed").put("role", "user");
        item.putArray("content").addObject().put("type", "input_audio").putNull("transcript");
        ObjectNode announced = conversation.append(item);
        line.send("conversation.item.added", event -> event.setAll(announced));
        line.send("conversation.item.done", event -> event.setAll(announced));
    }

    void transcribe(String itemId, Actor actor, double seconds) {
        String transcript = actor.heard();
        Runnable send =
                actor.has(ModelQuirk.NO_TRANSCRIPTION)
                        ? () -> sendFailure(itemId)
                        : () -> sendTranscript(itemId, transcript, seconds);
        if (actor.has(ModelQuirk.LATE_TRANSCRIPTION)) {
            lateTranscripts.add(send);
        } else {
            vertx.setTimer(TRANSCRIPT_MILLIS, _ -> send.run());
        }
    }

    void onResponseDone() {
        lateTranscripts.forEach(Runnable::run);
        lateTranscripts.clear();
    }

    private void sendTranscript(String itemId, String transcript, double seconds) {
        int half = transcript.length() / 2;
        String prefix = "conversation.item.input_audio_transcription.";
        line.send(
                prefix + "delta",
                event ->
                        event.put("item_id", itemId)
                                .put("content_index", 0)
                                .put("delta", transcript.substring(0, half)));
        line.send(
                prefix + "completed",
                event ->
                        event.put("item_id", itemId)
                                .put("content_index", 0)
                                .put("transcript", transcript)
                                .putObject("usage")
                                .put("type", "duration")
                                .put("seconds", seconds));
    }

    private void sendFailure(String itemId) {
        line.send(
                "conversation.item.input_audio_transcription.failed",
                event ->
                        event.put("item_id", itemId)
                                .put("content_index", 0)
                                .putObject("error")
                                .put("type", "transcription_error")
                                .put("code", "audio_unintelligible")
                                .put("message", "The audio could not be transcribed.")
                                .putNull("param"));
    }
}
