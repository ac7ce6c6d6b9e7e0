package org.telephonystack.stream.call;

import org.telephonystack.stream.call.ModelEvent.ToolRequested;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Notices a model that goes round in circles: the same tool with the same arguments, again and again, while the caller has
/// said nothing new.
final class RunawayBreaker {

    /// Once more may help, where the first answer was an error.
    private static final int TIMES = 2;

    private record Wish(String tool, Optional<Map<String, Object>> params) {}

    private final Map<Wish, Integer> times = new HashMap<>();

    void callerSpoke() {
        times.clear();
    }

    /// Counts the call.
    boolean isOneTooMany(ToolRequested call) {
        return times.merge(new Wish(call.name(), call.params()), 1, Integer::sum) > TIMES;
    }
}
