package org.telephonystack.stream.call;

import java.time.Instant;

/// Hears what happens in a call: log lines, metrics and spans are made of it. One observer per call; it never throws.
@FunctionalInterface
public interface CallObserver {

    void on(CallEvent event, Instant at);
}
