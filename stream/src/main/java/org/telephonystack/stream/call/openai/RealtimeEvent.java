package org.telephonystack.stream.call.openai;

import org.telephonystack.stream.call.ModelEvent;

/// A message from the Realtime API, as far as we act on it. Audio does not come this way: see [AudioDeltaScanner].
///
/// @see <a href="https://platform.openai.com/docs/api-reference/realtime-server-events">server events</a> (2026-11)
sealed interface RealtimeEvent {

    record SessionCreated() implements RealtimeEvent {}

    /// The effective configuration; formats are compared because a session that kept its defaults speaks 24 kHz PCM.
    record SessionUpdated(String inputFormat, String outputFormat) implements RealtimeEvent {}

    /// @param commandId our `event_id` where the error answers a command of ours, else empty
    /// @param message for [RealtimeErrors] alone; never logged
    record Failure(String type, String code, String commandId, String message)
            implements RealtimeEvent {}

    /// Something has become part of the conversation, and is no result of a tool.
    record ItemAdded(String itemId) implements RealtimeEvent {}

    /// An item is as short now as we wanted it.
    record ItemTruncated(String itemId) implements RealtimeEvent {}

    /// Concerns the call.
    record ForCall(ModelEvent event) implements RealtimeEvent {}

    /// An audio delta that the scanner did not recognise.
    record Audio(String responseId, String itemId, String payload) implements RealtimeEvent {}

    /// Nothing to act on; the API adds events at any time.
    record Ignored() implements RealtimeEvent {}
}
