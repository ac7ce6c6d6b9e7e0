package org.telephonystack.simulator.rest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hands out recordings, and deletes them: one that was deleted is not found again.
final class RecordingDesk {

    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /// @param file `RE….wav` or `RE….json`
    RestAnswer answer(String method, String file) {
        requests.add(method + " " + file);
        String sid = file.replaceFirst("\\.[a-z0-9]+$", "");
        if (!sid.matches("RE[0-9a-f]{32}") || deleted.contains(sid)) {
            return RestAnswer.of(RestError.NOT_FOUND);
        }
        return switch (method) {
            case "GET" ->
                    file.endsWith(".wav")
                            ? new RestAnswer(200, "RIFF of " + sid)
                            : RestAnswer.of(200, Map.of("sid", sid, "status", "completed"));
            case "DELETE" -> {
                deleted.add(sid);
                yield new RestAnswer(204, "");
            }
            default -> RestAnswer.of(RestError.NOT_FOUND);
        };
    }

    List<String> requests() {
        return List.copyOf(requests);
    }
}
