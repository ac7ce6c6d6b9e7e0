package org.telephonystack.model.log;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts the call that a line names beside it as fields: `{"traceId":"…","callSid":"CA…",…,"message":"[Stream] … | CallSid: CA…"}`.
///
/// Taken from the line itself, which says it anyhow: nothing has to be carried along on event loops that many calls share.
public final class CallFields extends Formatter {

    private static final Pattern CALL =
            Pattern.compile("CallSid: (CA[0-9a-fA-F]{32})(?![0-9a-zA-Z])");

    private final Formatter json;

    /// @param json makes one JSON object of a record
    public CallFields(Formatter json) {
        this.json = json;
    }

    @Override
    public String format(LogRecord line) {
        String object = json.format(line);
        // Most lines of a service at work name a call, but looking for a word is cheaper than a
        // pattern.
        if (!object.startsWith("{") || !object.contains("CallSid: CA")) {
            return object;
        }
        Matcher call = CALL.matcher(object);
        if (!call.find()) {
            return object;
        }
        var sid = new CallSid(call.group(1));
        return "{\"traceId\":\"%s\",\"callSid\":\"%s\",".formatted(CallTrace.of(sid).traceId(), sid)
                + object.substring(1);
    }
}
