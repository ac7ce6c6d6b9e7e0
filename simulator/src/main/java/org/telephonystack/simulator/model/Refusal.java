package org.telephonystack.simulator.model;

import org.jspecify.annotations.Nullable;

/// Why the server refuses a client event, in the words of the real one.
///
/// @param type `invalid_request_error`, or `server_error`
/// @param code see the list of codes in the Realtime API's error events
/// @param param the offending field, as a path
record Refusal(String type, String code, String message, @Nullable String param) {

    static Refusal of(String code, String message, @Nullable String param) {
        return new Refusal("invalid_request_error", code, message, param);
    }

    static Refusal unknown(String path) {
        return of("unknown_parameter", "Unknown parameter: '" + path + "'.", path);
    }

    static Refusal missing(String path) {
        return of(
                "missing_required_parameter", "Missing required parameter: '" + path + "'.", path);
    }

    static Refusal type(String path, String expected) {
        return of(
                "invalid_type",
                "Invalid type for '" + path + "': expected " + expected + ".",
                path);
    }

    static Refusal value(String path, String problem) {
        return of("invalid_value", "Invalid value for '" + path + "': " + problem + ".", path);
    }

    static Refusal alreadyActive(String responseId) {
        return of(
                "conversation_already_has_active_response",
                "Conversation already has an active response in progress: "
                        + responseId
                        + ". Wait until the response is finished before creating a new one.",
                null);
    }

    static Refusal nothingToCancel() {
        return of(
                "response_cancel_not_active",
                "Cancellation failed: no active response found",
                null);
    }
}
