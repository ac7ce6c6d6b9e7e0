package org.telephonystack.stream.wiring;

import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What Twilio signs with.
@ConfigMapping(prefix = "telephony.twilio")
interface TwilioConfig {

    /// `TWILIO_AUTH_TOKEN`.
    String authToken();

    /// `TWILIO_AUTH_TOKEN_NEXT`: accepted as well during a rotation.
    Optional<String> authTokenNext();

    default List<String> authTokens() {
        return Stream.concat(Stream.of(authToken()), authTokenNext().stream()).toList();
    }
}
