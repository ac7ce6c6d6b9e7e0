package org.telephonystack.action.wiring;

import org.jboss.logging.Logger;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.action.recording.RecordingSid;
import org.telephonystack.action.recovery.OutboxText;
import org.telephonystack.action.sms.Consent;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.sms.InboundText;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.model.PersonalData;

import java.util.Locale;
import java.util.Optional;

/// Every log line of callbacks and recovery. Prefix, emoji, wording and first key of the status and recovery lines are an
/// interface: operators grep for them.
final class ActionLog {

    private static final Logger LOG = Logger.getLogger("org.telephonystack.action");

    private final PersonalData personalData;

    ActionLog(PersonalData personalData) {
        this.personalData = personalData;
    }

    void rejected(String why) {
        LOG.warn("[Action] ❌ Security validation failed | Reason: " + why);
    }

    void notStored(Throwable why) {
        LOG.warn("[Action] ❌ Not stored | Why: " + why.getClass().getSimpleName());
    }

    void news(CallEvent event) {
        switch (event.kind()) {
            case CALL_STATUS ->
                    LOG.info(
                            "[Action] 📊 Status Update | Status: "
                                    + plain(event.status().orElse("unknown"))
                                    + ids(event.callSid())
                                    + key("Direction", event.field("Direction"))
                                    + key("Duration", event.field("CallDuration"))
                                    + key("Parent", event.field("ParentCallSid")));
            case STREAM ->
                    LOG.info(
                            "[Action] 🔌 Stream Update | Event: "
                                    + plain(event.status().orElse("unknown"))
                                    + ids(event.callSid())
                                    + key("Error", event.field("StreamError")));
            case ANNOUNCED, AFTER_STREAM, RECORDING, MESSAGE, OTHER ->
                    LOG.info(
                            "[Action] 📥 Callback | Kind: "
                                    + event.kind().word()
                                    + key("Status", event.status())
                                    + ids(event.callSid()));
        }
    }

    void outcome(CallFacts facts, Verdict.Final verdict) {
        LOG.info(
                "[Action] 🏁 Call Outcome | Outcome: "
                        + verdict.outcome().word()
                        + " | Reason: "
                        + verdict.reason()
                        + ids(Optional.of(facts.callSid())));
    }

    void reconciled(CallSid callSid, String status) {
        LOG.info(
                "[Action] 🔁 Call Reconciled | Status: "
                        + plain(status)
                        + ids(Optional.of(callSid)));
    }

    void analysis(CallSid callSid, String result, String why) {
        LOG.info(
                "[Action] 🧾 Call Analysis | Result: "
                        + result
                        + (why.isEmpty() ? "" : " | Why: " + plain(why))
                        + ids(Optional.of(callSid)));
    }

    void deleted(int lines) {
        LOG.info("[Action] 🗑️ Old Transcripts Deleted | Lines: " + lines);
    }

    void recording(RecordingSid sid, String result, String why) {
        String line =
                "[Action] 📼 Recording | Result: "
                        + result
                        + " | RecordingSid: "
                        + sid
                        + (why.isEmpty() ? "" : " | Why: " + plain(why));
        if (result.equals("failed")) {
            LOG.error(line);
        } else {
            LOG.info(line);
        }
    }

    void twilioAway(boolean away) {
        if (away) {
            LOG.warn("[Action] 🚧 Twilio Away | Texts: wait");
        } else {
            LOG.info("[Action] ✅ Twilio Back | Texts: go on");
        }
    }

    void lost(CallFacts facts) {
        LOG.warn(
                "[Recovery] ⚠️ Call failed for "
                        + personalData.phone(facts.caller().orElse(null))
                        + ". Initiating SMS recovery..."
                        + ids(Optional.of(facts.callSid())));
    }

    void textSkipped(CallFacts facts, String reason) {
        LOG.warn(
                "[Recovery] ⏭️ SMS skipped | Reason: "
                        + reason
                        + " | Caller: "
                        + personalData.phone(facts.caller().orElse(null))
                        + ids(Optional.of(facts.callSid())));
    }

    void textNotNeeded(OutboxText text, String reason) {
        LOG.info("[Recovery] ⏭️ SMS skipped | Reason: " + reason + ids(text.callSid()));
    }

    void textSent(OutboxText text, String messageSid, boolean lookedUp) {
        LOG.info(
                "[Recovery] ✅ SMS sent | To: "
                        + personalData.phone(text.recipient())
                        + " | MessageSid: "
                        + plain(messageSid)
                        + ids(text.callSid())
                        + (lookedUp ? " | Found: at the provider" : ""));
    }

    void textFailed(OutboxText text, String code) {
        LOG.error(
                "[Recovery] ❌ SMS failed | Code: "
                        + code
                        + " | To: "
                        + personalData.phone(text.recipient())
                        + ids(text.callSid()));
    }

    void textWaits(OutboxText text, String state, String why) {
        LOG.warn(
                "[Recovery] ⏳ SMS "
                        + state
                        + " | Why: "
                        + plain(why)
                        + " | Attempt: "
                        + text.attempts()
                        + ids(text.callSid()));
    }

    void delivery(DeliveryStatus status, String recipient) {
        String tail =
                " | To: "
                        + personalData.phone(recipient)
                        + " | MessageSid: "
                        + plain(status.messageSid());
        if (status.isLost()) {
            LOG.error(
                    "[Recovery] ❌ SMS failed | Code: "
                            + status.code().map(String::valueOf).orElse("unknown")
                            + " | Delivery: "
                            + plain(status.status())
                            + tail);
        } else {
            LOG.info("[Recovery] 📬 SMS delivery | Status: " + plain(status.status()) + tail);
        }
    }

    void inbound(InboundText text, Consent consent) {
        LOG.info(
                "[Action] 📩 SMS received | From: "
                        + personalData.phone(text.sender())
                        + " | Consent: "
                        + consent.name().toLowerCase(Locale.ROOT)
                        + " | MessageSid: "
                        + plain(text.messageSid()));
    }

    private static String ids(Optional<CallSid> callSid) {
        return callSid.map(sid -> " | Trace: " + CallTrace.of(sid).traceId() + " | CallSid: " + sid)
                .orElse("");
    }

    private static String key(String name, Optional<String> value) {
        return value.map(text -> " | " + name + ": " + plain(text)).orElse("");
    }

    /// What came from outside stays in its place in its line.
    private static String plain(String text) {
        String line = text.length() > 80 ? text.substring(0, 80) : text;
        return line.replaceAll("[\\p{Cntrl}|]", "?");
    }
}
