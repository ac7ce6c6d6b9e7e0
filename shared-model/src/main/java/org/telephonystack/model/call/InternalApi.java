package org.telephonystack.model.call;

/// The paths under which the services ask each other, all behind the service secret as a bearer token.
public final class InternalApi {

    /// frontdoor → action, may be lost: a call came in. Fields: `callSid`, `from`, `to`, `direction`, `stirVerstat`,
    /// and for a call that was turned away `turnedAway`: why.
    public static final String CALLS = "/internal/calls";

    /// frontdoor → action, 300 ms: the stream of a call ended, what now? Fields: `callSid`, `attempt`, `callStatus`, `from`,
    /// `to`, and where Twilio sent them `streamEvent`, `streamError`; `redirected` is true where action itself sent the
    /// call there. The answer is an [AfterStream].
    public static final String AFTER_STREAM = "/internal/after-stream";

    /// frontdoor → action, `GET` in the background: who may talk to the assistant now. The answer is an [Admission].
    public static final String ADMISSION = "/internal/admission";

    /// The query parameter of `after-stream` by which a call is known that action redirected itself.
    public static final String REDIRECTED = "redirected";

    /// stream → action: one tool call, a [org.telephonystack.model.tool.ToolCall]; also Twilio's callbacks.
    public static final String VOICE_ACTION = "/voice-action";

    private InternalApi() {}
}
