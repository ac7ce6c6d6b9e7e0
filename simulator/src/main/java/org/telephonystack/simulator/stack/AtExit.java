package org.telephonystack.simulator.stack;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/// Stops what was started when this process ends, on Ctrl-C and failure too: the youngest first, so that services go before
/// their database.
final class AtExit {

    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

    private static volatile boolean stopping;

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

    /// Whether this process is on its way out: what ends now was meant to.
    static boolean isStopping() {
        return stopping;
    }

    private static void stopAll() {
        stopping = true;
        for (AutoCloseable next = pop(); next != null; next = pop()) {
            try {
                next.close();
            } catch (Exception e) {
                System.err.println("not stopped: " + e);
            }
        }
    }

    private static @Nullable AutoCloseable pop() {
        synchronized (RUNNING) {
            return RUNNING.poll();
        }
    }
}
