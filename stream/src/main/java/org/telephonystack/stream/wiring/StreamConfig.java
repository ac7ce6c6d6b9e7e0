package org.telephonystack.stream.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import org.telephonystack.stream.call.twilio.SignatureMode;

import java.time.Duration;
import java.util.Optional;

/// The door of the stream service.
@ConfigMapping(prefix = "telephony.stream")
interface StreamConfig {

    /// `STREAM_PUBLIC_URL`, else `PUBLIC_BASE_URL`: what Twilio was told, and signs.
    String publicUrl();

    /// What a handshake without a signature is worth: require, if-present, log-only.
    @WithDefault("require")
    SignatureMode signatureMode();

    /// Calls at the same time. Why 100: not measured yet.
    @WithDefault("100")
    int callLimit();

    /// How long an open socket may wait for Twilio's `start`, which comes within a few milliseconds.
    @WithDefault("5s")
    Duration startWithin();

    /// The only account whose streams are let in; without it, whoever holds a ticket.
    Optional<String> accountSid();

    /// How often this process tells the database that it lives. action takes one that missed three for silent.
    @WithDefault("1s")
    Duration heartbeat();

    /// A connection on which the database says nothing for so long is closed; each is asked something three times as often.
    @WithDefault("10s")
    Duration databaseSilence();

    /// Where this very process answers inside, on its management port: `http://10.0.3.7:9000`. Unset: the address that
    /// port is bound to, else the machine's (in a pod: the pod's) own.
    Optional<String> internalAddress();

    /// How long the calls of a leaving process may take to come to a quiet moment and to close their books. Why 23s: 20 s are
    /// theirs (`telephony.call.hand-over-within`), and the process is to be gone within 30 s.
    @WithDefault("23s")
    Duration drainLimit();
}
