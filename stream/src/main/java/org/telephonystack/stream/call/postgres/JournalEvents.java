package org.telephonystack.stream.call.postgres;

import org.telephonystack.model.CallSid;

/// Is told what the database did not take: logs and counts.
public interface JournalEvents {

    /// The row of a call could not be written.
    ///
    /// @param what `started` or `ended`
    void notWritten(String what, CallSid callSid, Throwable cause);

    /// The database takes nothing at the moment; what is to be written waits. Once for each outage.
    void turnsWait(int queued, Throwable cause);

    /// Turns that nobody will read.
    void turnsDropped(int count, String why);
}
