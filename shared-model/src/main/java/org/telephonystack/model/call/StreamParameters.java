package org.telephonystack.model.call;

/// The names of the `<Parameter>`s that frontdoor writes and stream reads from `start.customParameters`.
public final class StreamParameters {

    /// 32 hex digits, the call's trace id.
    public static final String TRACE_ID = "traceId";

    /// The caller's number in E.164, or what Twilio sent in its place (`anonymous`, `sip:…`), at most 100 characters.
    public static final String CALLER_NUMBER = "callerNumber";

    public static final String CALL_SID = "callSid";

    /// The number that was called, in E.164: it names the business.
    public static final String CALLED_NUMBER = "calledNumber";

    /// `true` where the network vouches for the caller's number (STIR passed, attestation A); else it is left out.
    public static final String ATTESTED = "attested";

    /// See [org.telephonystack.model.ticket.StreamTickets].
    public static final String TICKET = "ticket";

    private StreamParameters() {}
}
