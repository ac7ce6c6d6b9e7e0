package org.telephonystack.simulator.stack;

import java.util.ArrayDeque;
import java.util.Deque;

/// Stops what was started when this process ends, on Ctrl-C and failure too: the youngest first, so that services go before
/// their database.
final class AtExit {

    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::stopAll, "stop what was started"));
    }

    private AtExit() {}

    static void stop(AutoCloseable started) {
        synchronized (RUNNING) {
            RUNNING.push(started);
        }
    }

    static void forget(AutoCloseable stopped) {
        synchronized (RUNNING) {
            RUNNING.remove(stopped);
        }
    }

    private static void stopAll() {
        for (AutoCloseable next = pop(); next != null; next = pop()) {
            try {
                next.close();
            } catch (Exception e) {
                System.err.println("not stopped: " + e);
            }
        }
    }

    private static @org.jspecify.annotations.Nullable AutoCloseable pop() {
        synchronized (RUNNING) {
            return RUNNING.poll();
        }
    }
}
