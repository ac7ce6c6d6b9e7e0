package org.telephonystack.stream.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// The timers of one call: none of them outlives it, and a defect in one ends the call like any other.
final class CallTimers {

    private final CallTime time;
    private final Consumer<RuntimeException> onBug;
    private final Set<CallTime.Timer> running = new HashSet<>();
    private boolean closed;

    CallTimers(CallTime time, Consumer<RuntimeException> onBug) {
        this.time = time;
        this.onBug = onBug;
    }

    /// After the end of the call nothing is started any more: a step that ended the call may still run to its own end.
    CallTime.Timer after(Duration delay, Runnable task) {
        if (closed) {
            return () -> {};
        }
        var timer = new Running(task);
        running.add(timer);
        timer.start(delay);
        return timer;
    }

    void close() {
        closed = true;
        new ArrayList<>(running).forEach(CallTime.Timer::cancel);
    }

    private final class Running implements CallTime.Timer {
        private final Runnable task;
        private CallTime.Timer timer = () -> {};

        Running(Runnable task) {
            this.task = task;
        }

        void start(Duration delay) {
            timer = time.after(delay, this::run);
        }

        private void run() {
            if (running.remove(this)) {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    onBug.accept(e);
                }
            }
        }

        @Override
        public void cancel() {
            if (running.remove(this)) {
                timer.cancel();
            }
        }
    }
}
