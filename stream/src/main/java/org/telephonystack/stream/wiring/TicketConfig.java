package org.telephonystack.stream.wiring;

import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What stream tickets are signed with.
@ConfigMapping(prefix = "telephony.ticket")
interface TicketConfig {

    /// `TICKET_SECRET`.
    String secret();

    /// `TICKET_SECRET_NEXT`: accepted as well during a rotation.
    Optional<String> secretNext();

    default List<String> secrets() {
        return Stream.concat(Stream.of(secret()), secretNext().stream()).toList();
    }
}
