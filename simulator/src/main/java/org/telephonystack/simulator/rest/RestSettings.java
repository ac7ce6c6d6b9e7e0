package org.telephonystack.simulator.rest;

import java.util.Optional;

/// What this API knows of the account besides its number.
///
/// @param apiKeySid `SK…`, accepted beside the auth token
/// @param smsUrl "A message comes in" of our number
/// @param messagingServiceSid accepted in place of `From`
/// @param trial only verified numbers may be texted (21608); see [TwilioRest#verify]
public record RestSettings(
        int port,
        Optional<String> apiKeySid,
        Optional<String> apiKeySecret,
        Optional<String> smsUrl,
        Optional<String> messagingServiceSid,
        boolean trial) {

    public static RestSettings onAnyPort() {
        return new RestSettings(
                0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public RestSettings smsUrl(String url) {
        return new RestSettings(
                port, apiKeySid, apiKeySecret, Optional.of(url), messagingServiceSid, trial);
    }

    public RestSettings apiKey(String sid, String secret) {
        return new RestSettings(
                port, Optional.of(sid), Optional.of(secret), smsUrl, messagingServiceSid, trial);
    }

    public RestSettings messagingService(String sid) {
        return new RestSettings(port, apiKeySid, apiKeySecret, smsUrl, Optional.of(sid), trial);
    }

    public RestSettings port(int fixed) {
        return new RestSettings(fixed, apiKeySid, apiKeySecret, smsUrl, messagingServiceSid, trial);
    }

    public RestSettings trialAccount() {
        return new RestSettings(port, apiKeySid, apiKeySecret, smsUrl, messagingServiceSid, true);
    }
}
