package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Tokens of a response, counted about as the service counts them: 10 a second of sound heard, 20 a second spoken,
/// one for four characters.
final class Usage {

    private Usage() {}

    static ObjectNode of(
            int promptCharacters, int heardBytes, int saidCharacters, int spokenBytes) {
        int textIn = promptCharacters / 4;
        int audioIn = heardBytes / 800;
        int textOut = saidCharacters / 4;
        int audioOut = spokenBytes / 400;
        int cached = textIn / 2;
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("total_tokens", textIn + audioIn + textOut + audioOut);
        usage.put("input_tokens", textIn + audioIn).put("output_tokens", textOut + audioOut);
        ObjectNode in = usage.putObject("input_token_details");
        in.put("text_tokens", textIn).put("audio_tokens", audioIn).put("image_tokens", 0);
        in.put("cached_tokens", cached);
        in.putObject("cached_tokens_details")
                .put("text_tokens", cached)
                .put("audio_tokens", 0)
                .put("image_tokens", 0);
        usage.putObject("output_token_details")
                .put("text_tokens", textOut)
                .put("audio_tokens", audioOut);
        return usage;
    }
}
