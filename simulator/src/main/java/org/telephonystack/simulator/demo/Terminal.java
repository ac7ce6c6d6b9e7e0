package org.telephonystack.simulator.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Timer;
import java.util.TimerTask;

/// Where the demo prints: UTF-8 whatever the locale says, whole lines from any thread, and a sign of life where nothing
/// else was printed for [#QUIET_MILLIS].
final class Terminal implements AutoCloseable {

    private static final long QUIET_MILLIS = 4_000;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Timer timer = new Timer("sign of life", true);
    private final long beganNanos = System.nanoTime();
    private long lastNanos = System.nanoTime();
    private String doing = "starting";

    Terminal() {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        signOfLife();
                    }
                },
                500,
                500);
    }

    synchronized void line(String text) {
        lastNanos = System.nanoTime();
        out.println(text);
    }

    /// What goes on from now on, printed and repeated while nothing else happens.
    synchronized void doing(String what) {
        doing = what;
        line("… " + what);
    }

    void title(String text) {
        line("");
        line("── " + text + " " + "─".repeat(Math.max(2, 100 - text.length())));
    }

    private synchronized void signOfLife() {
        if (System.nanoTime() - lastNanos > QUIET_MILLIS * 1_000_000) {
            line(
                    "… %s (%d s so far)"
                            .formatted(doing, (System.nanoTime() - beganNanos) / 1_000_000_000));
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
