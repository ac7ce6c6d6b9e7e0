package org.telephonystack.action.tool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many tool calls one caller has within a while: a voice that never stops asking, or a model that runs in circles, costs
/// nobody else the calendar.
///
/// Counted in this process, without asking anybody; what is beyond the bound of callers is forgotten, oldest first. What other
/// processes have answered is counted by the database in questions that it is asked anyway ([Callers#of], [ToolMemory#keep]):
/// with several processes a caller gets at most as many more as are under way at that moment.
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

    /// Whether whoever has had so many gets no more.
    boolean isReachedBy(int answered) {
        return answered >= most;
    }

    /// What the database has counted, this process's own among them.
    synchronized void learn(String caller, int answered) {
        windows.computeIfPresent(
                caller, (_, known) -> new Window(known.since(), Math.max(known.count(), answered)));
    }
}
