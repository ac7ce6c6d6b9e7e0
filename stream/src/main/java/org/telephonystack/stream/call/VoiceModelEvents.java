package org.telephonystack.stream.call;

/// What a [VoiceModel] tells its call, on the call's event loop, in the model's order.
public interface VoiceModelEvents {

    /// A piece of the assistant's voice: base64 of µ-law in `text` from `from` (inclusive) to `to` (exclusive). The one event
    /// that comes many times a second, therefore no record.
    void onAudio(String responseId, String itemId, String text, int from, int to);

    void on(ModelEvent event);
}
