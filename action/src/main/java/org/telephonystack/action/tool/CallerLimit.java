package org.telephonystack.action.tool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many tool calls one caller has within a while: a voice that never stops asking, or a model that runs in circles, costs
/// nobody else the calendar. Counted in this process; what is beyond the bound of callers is forgotten, oldest first.
public final class CallerLimit {

    private static final int MOST_CALLERS = 10_000;

    private final int most;
    private final Duration within;
    private final InstantSource clock;
    private final Map<String, Window> windows =
            new LinkedHashMap<>(256, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > MOST_CALLERS;
                }
            };

    private record Window(Instant since, int count) {}

    public CallerLimit(int most, Duration within, InstantSource clock) {
        this.most = most;
        this.within = within;
        this.clock = clock;
    }

    /// Counts one more.
    ///
    /// @param caller a number, or the call's SID where there is none
    synchronized boolean admits(String caller) {
        Instant now = clock.instant();
        Window window =
                windows.compute(
                        caller,
                        (_, known) ->
                                known == null || !known.since().plus(within).isAfter(now)
                                        ? new Window(now, 1)
                                        : new Window(known.since(), known.count() + 1));
        return window.count() <= most;
    }
}
