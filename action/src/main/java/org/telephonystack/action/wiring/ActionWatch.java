package org.telephonystack.action.wiring;

import org.telephonystack.action.callback.CallbackEvents;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.action.recording.RecordingSid;
import org.telephonystack.action.recovery.OutboxText;
import org.telephonystack.action.recovery.RecoveryEvents;
import org.telephonystack.action.recovery.SmsOutbox;
import org.telephonystack.action.recovery.otel.CallSpans;
import org.telephonystack.action.sms.Consent;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.sms.InboundText;
import org.telephonystack.action.sms.SmsSender;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;

import java.time.Instant;
import java.util.Optional;

/// Brings what happened to the log, the meters and the call's trace.
final class ActionWatch implements CallbackEvents, RecoveryEvents {

    private final ActionLog log;
    private final ActionMeters meters;
    private final CallSpans spans;

    ActionWatch(ActionLog log, ActionMeters meters, CallSpans spans) {
        this.log = log;
        this.meters = meters;
        this.spans = spans;
    }

    @Override
    public void onRejected(String why) {
        log.rejected(why);
        meters.rejected(why);
    }

    @Override
    public void onSigned(int token) {
        meters.signed(token);
    }

    @Override
    public void onNews(CallEvent event) {
        log.news(event);
        meters.callback(event.kind().word());
        if (event.kind() == CallEvent.Kind.CALL_STATUS) {
            meters.status(event.status().orElse(""));
        }
    }

    @Override
    public void onStored(CallEvent event, Instant arrived) {
        spans.statusCallback(event, arrived);
    }

    @Override
    public void onDelivery(DeliveryStatus status, Optional<SmsOutbox.Delivered> moved) {
        moved.ifPresent(text -> {
            log.delivery(status, text.recipient());
            text.callSid().ifPresent(callSid -> spans.delivery(callSid, status.status()));
            if (status.isLost()) {
                meters.smsError(status.code().map(String::valueOf).orElse("unknown"));
            }
        });
    }

    @Override
    public void onInbound(InboundText text, Consent consent) {
        log.inbound(text, consent);
        meters.callback("inbound");
    }

    @Override
    public void onNotStored(Throwable why) {
        log.notStored(why);
        meters.notStored();
    }

    @Override
    public void onOutcome(CallFacts facts, Verdict.Final verdict) {
        log.outcome(facts, verdict);
        spans.call(facts, verdict);
    }

    @Override
    public void onSettled(CallOutcome outcome) {
        meters.outcome(outcome.word());
    }

    @Override
    public void onReconciled(CallSid callSid, String status) {
        log.reconciled(callSid, status);
        meters.job("reconcile", ActionMeters.known(status));
    }

    /// Twilio is left alone for a while, or answers again.
    void onTwilioAway(boolean away) {
        log.twilioAway(away);
        meters.circuit(away);
    }

    void onAnalysis(CallSid callSid, String result, String why, Instant started) {
        log.analysis(callSid, result, why);
        meters.job("analysis", result);
        spans.analysis(callSid, result, started);
    }

    void onDeleted(int lines) {
        if (lines > 0) {
            log.deleted(lines);
            meters.job("retention", "deleted");
        }
    }

    void onLeftovers(int rows) {
        if (rows > 0) {
            meters.job("leftovers", "deleted");
        }
    }

    void onRecording(RecordingSid sid, String result, String why) {
        log.recording(sid, result, why);
        meters.job("recording", result);
    }

    @Override
    public void onLost(CallFacts facts, Verdict.Final verdict) {
        log.lost(facts);
        meters.text("queued", verdict.outcome().word());
    }

    @Override
    public void onTextSkipped(CallFacts facts, String reason) {
        log.textSkipped(facts, reason);
        meters.text("skipped", reason);
    }

    @Override
    public void onTextSent(OutboxText text, String messageSid, boolean lookedUp) {
        log.textSent(text, messageSid, lookedUp);
        count(text, "sent", lookedUp ? "looked_up" : "none");
        spans.recoverySms(text, "sent");
    }

    @Override
    public void onTextNotNeeded(OutboxText text, String reason) {
        log.textNotNeeded(text, reason);
        count(text, "skipped", reason);
    }

    @Override
    public void onTextFailed(OutboxText text, String reason, Optional<Integer> code) {
        String why = code.map(String::valueOf).orElse(reason);
        log.textFailed(text, why);
        count(text, "failed", reason);
        meters.smsError(why);
        spans.recoverySms(text, "failed");
    }

    @Override
    public void onTextUnknown(OutboxText text, String why) {
        log.textWaits(text, "unknown", why);
        count(text, "unknown", "none");
    }

    @Override
    public void onTextDelayed(OutboxText text, String why) {
        log.textWaits(text, "delayed", why);
        boolean account = why.equals(SmsSender.Result.TryLater.ACCOUNT);
        count(text, "delayed", account ? why : "none");
        if (account) {
            meters.smsError("20003");
        }
    }

    private void count(OutboxText text, String state, String reason) {
        if (text.isForALostCaller()) {
            meters.text(state, reason);
        } else {
            meters.bookingLinkText(state, reason);
        }
    }
}
