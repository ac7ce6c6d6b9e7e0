package org.telephonystack.stream.wiring;

import org.telephonystack.model.CallSid;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.admission.Refusals;
import org.telephonystack.stream.call.openai.EndpointEvents;
import org.telephonystack.stream.call.postgres.JournalEvents;
import org.telephonystack.stream.call.twilio.MediaStreamEvents;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/// What happens beside calls: each thing gets its log line and its counter.
record ServiceEvents(CallLogLines lines, StreamMetrics metrics)
        implements Refusals,
                MediaStreamEvents,
                JournalEvents,
                EndpointEvents,
                ModelCheck.ModelNews {

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
    public void notWritten(String what, CallSid callSid, Throwable cause) {
        lines.notWritten(what, callSid, cause);
        metrics.notWritten(what);
    }

    @Override
    public void turnsWait(int queued, Throwable cause) {
        lines.databaseAway("turns", cause);
        metrics.turnsWait();
    }

    @Override
    public void turnsDropped(int count, String why) {
        lines.turnsDropped(count, why);
        metrics.turnsDropped(count, why);
    }

    @Override
    public void connected(String endpoint, For what, boolean isReady) {
        metrics.connected(endpoint, what, isReady);
    }

    @Override
    public void latched(String endpoint, String code, Duration length) {
        lines.latched(endpoint, code, length);
        metrics.latched(endpoint, length);
    }

    @Override
    public void pinged(String endpoint, Duration took) {
        metrics.pinged(endpoint, took);
    }

    @Override
    public void wanted(boolean isWarm) {
        metrics.wanted(isWarm);
    }

    @Override
    public void withdrawn(String model, LocalDate on, long days) {
        lines.modelWithdrawn(model, on, days);
        metrics.modelNews("withdrawn");
    }

    @Override
    public void unknown(String endpoint, String model) {
        lines.modelUnknown(endpoint, model);
        metrics.modelNews("unknown");
    }

    @Override
    public void keyRefused(String endpoint, int status) {
        lines.modelKeyRefused(endpoint, status);
        metrics.modelNews("key_refused");
    }

    @Override
    public void unchecked(String endpoint, String why) {
        lines.modelUnchecked(endpoint, why);
        metrics.modelNews("unchecked");
    }

    @Override
    public void deafToWords(String endpoint) {
        lines.modelDeafToWords(endpoint);
        metrics.modelNews("not_transcribed");
    }
}
