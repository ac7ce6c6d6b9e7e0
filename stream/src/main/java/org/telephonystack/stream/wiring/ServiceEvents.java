package org.telephonystack.stream.wiring;

import org.telephonystack.model.CallSid;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.admission.Refusals;
import org.telephonystack.stream.call.postgres.JournalEvents;
import org.telephonystack.stream.call.twilio.MediaStreamEvents;

import java.util.Optional;

/// What happens beside calls: each thing gets its log line and its counter.
record ServiceEvents(CallLogLines lines, StreamMetrics metrics)
        implements Refusals, MediaStreamEvents, JournalEvents {

    @Override
    public void refused(Refusal why, Optional<CallSid> callSid) {
        lines.refused(why, callSid);
        metrics.refused(why);
    }

    @Override
    public void unknownMessage(String event) {
        metrics.unknownMessage();
    }

    @Override
    public void audioBeforeStart() {
        metrics.audioBeforeStart();
    }

    @Override
    public void notWritten(String what, CallSid callSid, Throwable cause) {
        lines.notWritten(what, callSid, cause);
        metrics.notWritten(what);
    }

    @Override
    public void turnsDropped(int count, String why) {
        lines.turnsDropped(count, why);
        metrics.turnsDropped(count, why);
    }
}
