package org.telephonystack.simulator.webhook;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Where public addresses really lead: `https://voice.example.com/voice-frontdoor` → `http://127.0.0.1:8081/voice-frontdoor`. What is
/// signed stays public, so that a local stack is tested with the addresses it has in production.
public final class Routes {

    private final Map<String, String> byPrefix = new ConcurrentSkipListMap<>();

    private Routes(Map<String, String> byPrefix) {
        this.byPrefix.putAll(byPrefix);
    }

    /// Addresses are reached as they are.
    public static Routes direct() {
        return new Routes(Map.of());
    }

    /// @param byPrefix from the beginning of a public URL to what replaces it; the longest match counts
    public static Routes of(Map<String, String> byPrefix) {
        return new Routes(byPrefix);
    }

    /// For an address that becomes known only later, when its server has started.
    ///
    /// @return this
    public Routes lead(String prefix, String to) {
        byPrefix.put(prefix, to);
        return this;
    }

    public String resolve(String url) {
        String match = "";
        for (String prefix : byPrefix.keySet()) {
            if (url.startsWith(prefix) && prefix.length() > match.length()) {
                match = prefix;
            }
        }
        return match.isEmpty() ? url : byPrefix.get(match) + url.substring(match.length());
    }
}
