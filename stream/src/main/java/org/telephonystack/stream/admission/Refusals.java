package org.telephonystack.stream.admission;

import org.telephonystack.model.CallSid;

import java.util.Optional;

/// Is told of every stream that was not let in: logs and counts.
public interface Refusals {

    /// @param callSid where the peer had already said which call it claims to be
    void refused(Refusal why, Optional<CallSid> callSid);
}
