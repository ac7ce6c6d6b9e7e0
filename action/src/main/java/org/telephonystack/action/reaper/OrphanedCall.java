package org.telephonystack.action.reaper;

import org.telephonystack.model.CallSid;

/// A call whose stream died with its process, and that this reaper alone has claimed.
///
/// @param attempt which stream it was
public record OrphanedCall(CallSid callSid, int attempt) {}
