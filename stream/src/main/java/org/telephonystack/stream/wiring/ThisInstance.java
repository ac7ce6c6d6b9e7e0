package org.telephonystack.stream.wiring;

import jakarta.inject.Singleton;

import java.util.UUID;

/// This process, as the database knows it: another one after every start.
@Singleton
final class ThisInstance {

    private final UUID id = UUID.randomUUID();

    UUID id() {
        return id;
    }
}
