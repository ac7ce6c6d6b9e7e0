package org.telephonystack.stream.call.twilio;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;

import org.jboss.logging.Logger;

/// Closing, which is the same wherever it happens.
final class Sockets {

    private static final Logger LOG = Logger.getLogger(Sockets.class);

    private Sockets() {}

    static void close(WebSocketConnection connection, CloseReason reason) {
        if (connection.isClosed()) {
            return;
        }
        connection
                .close(reason)
                .subscribe()
                .with(_ -> {}, e -> LOG.debugf(e, "close of %s", connection.id()));
    }
}
