package org.telephonystack.frontdoor.call;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/// The points of a call at which Twilio asks us for TwiML.
public enum Webhook {
    RING(""),
    AFTER_STREAM("/after-stream"),
    AFTER_DIAL("/after-dial"),
    AFTER_RECORD("/after-record"),
    FALLBACK("/fallback");

    /// Under which the original's edge functions were reached; every path of ours answers there too.
    public static final String ALIAS_PREFIX = "/functions/v1";

    private static final String BASE = "/voice-frontdoor";

    private final String suffix;

    Webhook(String suffix) {
        this.suffix = suffix;
    }

    /// The path without a prefix, as it stands in logs and metrics.
    public String path() {
        return BASE + suffix;
    }

    /// @param path of a request, with or without the prefix
    public static Optional<Webhook> ofPath(@Nullable String path) {
        String plain = path == null ? "" : path.substring(prefixOf(path).length());
        return Arrays.stream(values()).filter(it -> it.path().equals(plain)).findFirst();
    }

    /// What stands before `/voice-frontdoor` in a request's path.
    public static String prefixOf(@Nullable String path) {
        return path != null && path.startsWith(ALIAS_PREFIX + "/") ? ALIAS_PREFIX : "";
    }
}
