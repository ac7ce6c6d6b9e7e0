package org.telephonystack.frontdoor.fake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What the service logs while this is open.
public final class LoggedLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("org.telephonystack.frontdoor");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Throwable> stackTraces = new CopyOnWriteArrayList<>();

    public LoggedLines() {
        logger.addHandler(this);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public List<Throwable> stackTraces() {
        return List.copyOf(stackTraces);
    }

    @Override
    public void publish(LogRecord line) {
        Object[] parameters = line.getParameters();
        lines.add(
                parameters == null || parameters.length == 0
                        ? line.getMessage()
                        : String.format(line.getMessage(), parameters));
        if (line.getThrown() != null) {
            stackTraces.add(line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
