package org.telephonystack.action.booking;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;

import java.util.Optional;

/// Who wants what, and which call of the model says so: a repetition of it is carried out once.
///
/// @param time as the model wrote it
/// @param deadline counted from the moment the request came: whatever had to be asked before comes out of the same time
public record BookingRequest(
        PhoneNumber caller,
        String time,
        Optional<String> service,
        Optional<CallSid> callSid,
        Optional<String> toolCallId,
        Deadline deadline) {}
