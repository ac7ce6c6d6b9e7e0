package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Base64;

/// A sentence the assistant says: pieces of sound of varying size, the words slightly ahead of them.
final class SpokenItem extends OutputItem {

    /// A real model's pieces vary as well; the odd sizes find code that counts in frames.
    private static final int[] PIECE_MILLIS = {100, 250, 65, 400, 185, 500, 20};

    private final String text;
    private final byte[] sound;
    private final int endByte;
    private int sentBytes;
    private int sentCharacters;
    private int pieces;

    /// @param share how much of it is said, 1 for all
    SpokenItem(
            Line line,
            Conversation conversation,
            String responseId,
            int outputIndex,
            String text,
            byte[] sound,
            double share) {
        super(line, conversation, responseId, outputIndex);
        this.text = text;
        this.sound = sound;
        this.endByte = (int) (sound.length * share);
    }

    @Override
    void open() {
        super.open();
        line.send(
                "response.content_part.added",
                event ->
                        address(event)
                                .put("content_index", 0)
                                .putObject("part")
                                .put("type", "audio")
                                .put("transcript", ""));
    }

    @Override
    boolean emitNext() {
        if (sentBytes >= endByte) {
            return false;
        }
        int bytes = PIECE_MILLIS[pieces++ % PIECE_MILLIS.length] * SpeechDetector.BYTES_PER_MILLI;
        int to = Math.min(endByte, sentBytes + bytes);
        byte[] piece = java.util.Arrays.copyOfRange(sound, sentBytes, to);
        sentBytes = to;
        sendWords();
        line.send(
                "response.output_audio.delta",
                event ->
                        address(event)
                                .put("content_index", 0)
                                .put("delta", Base64.getEncoder().encodeToString(piece))
                                .put("obfuscation", "x".repeat(pieces % 5)));
        conversation().generated(itemId, piece.length);
        return sentBytes < endByte;
    }

    private void sendWords() {
        long aheadBytes = Math.min(sound.length, sentBytes + 1600L);
        int to = (int) (text.length() * aheadBytes / Math.max(1, sound.length));
        if (to <= sentCharacters) {
            return;
        }
        String words = text.substring(sentCharacters, to);
        sentCharacters = to;
        line.send(
                "response.output_audio_transcript.delta",
                event -> address(event).put("content_index", 0).put("delta", words));
    }

    String said() {
        return text.substring(0, sentCharacters);
    }

    int sentBytes() {
        return sentBytes;
    }

    @Override
    void finish() {
        line.send("response.output_audio.done", event -> address(event).put("content_index", 0));
        line.send(
                "response.output_audio_transcript.done",
                event -> address(event).put("content_index", 0).put("transcript", said()));
        line.send(
                "response.content_part.done",
                event ->
                        address(event)
                                .put("content_index", 0)
                                .putObject("part")
                                .put("type", "audio")
                                .put("transcript", said()));
    }

    @Override
    ObjectNode describe(String status) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("id", itemId).put("object", "realtime.item").put("type", "message");
        item.put("status", status).put("role", "assistant");
        var content = item.putArray("content");
        if (!status.equals("in_progress")) {
            content.addObject().put("type", "output_audio").put("transcript", said());
        }
        return item;
    }
}
