package org.telephonystack.action.booking;

import java.util.Optional;

/// A caller wants to hear of their appointments, or to have one changed.
///
/// @param action the tool's name
/// @param proof what the caller said to show that the number is theirs
/// @param deadline after which nothing is changed any more
public record AppointmentRequest(
        BookingStore.Key key, String action, Proof proof, Deadline deadline) {

    /// What the caller said, as the model wrote it.
    ///
    /// @param time when an appointment is; it also says which one is meant
    public record Proof(Optional<String> name, Optional<String> time) {

        boolean isAttempted() {
            return name.isPresent() || time.isPresent();
        }
    }
}
