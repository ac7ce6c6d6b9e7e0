package org.telephonystack.frontdoor.telemetry;

import org.jboss.logging.Logger;
import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.call.Webhook;
import org.telephonystack.model.PersonalData;

import java.util.regex.Pattern;

/// Every line this service logs. The first two are an interface: operators grep for them, to the letter.
public final class FrontdoorLog {

    private static final Logger LOG = Logger.getLogger("org.telephonystack.frontdoor");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    private final PersonalData personalData;

    public FrontdoorLog(PersonalData personalData) {
        this.personalData = personalData;
    }

    public void callIncoming(InboundCall call) {
        LOG.infof(
                "[Frontdoor] 📞 Call Incoming. Trace: %s | CallSid: %s | From: %s",
                call.trace().traceId(), call.callSid(), personalData.phone(call.from()));
    }

    /// It does not get the assistant: blocked, at its limit, or all places are taken.
    public void turnedAway(InboundCall call, String then) {
        LOG.warnf(
                "[Frontdoor] 🚧 Call Turned Away | Trace: %s | CallSid: %s | Then: %s",
                call.trace().traceId(), call.callSid(), then);
    }

    /// @param callSid as the request claims it: nothing in a refused request is proven
    public void securityRejected(Webhook webhook, String reason, String callSid) {
        LOG.warnf(
                "[Frontdoor] ❌ Security validation failed | Reason: %s | Path: %s | CallSid: %s",
                reason, webhook.path(), callSid);
    }

    public void refused(String path, int status, String reason) {
        LOG.warnf(
                "[Frontdoor] 🚫 Request Refused | Status: %d | Reason: %s | Path: %s",
                status, reason, path);
    }

    /// Any later question of Twilio about a call, with what we answered.
    ///
    /// @param key what `detail` is; the detail comes from Twilio and is shown only as far as it is a plain word
    public void routed(
            InboundCall call, Webhook webhook, String decision, String key, String detail) {
        LOG.infof(
                "[Frontdoor] 🔀 Call Routed | Trace: %s | CallSid: %s | Path: %s | Then: %s | %s: %s",
                call.trace().traceId(),
                call.callSid(),
                webhook.path(),
                decision,
                key,
                WORD.matcher(detail).matches() ? detail : "-");
    }

    /// The call itself is not harmed: action learns of it from the stream and from Twilio's callback.
    public void announcementLost(InboundCall call, String reason) {
        LOG.warnf(
                "[Frontdoor] ⚠️ Announcement Lost | Trace: %s | CallSid: %s | Reason: %s",
                call.trace().traceId(), call.callSid(), reason);
    }

    public void actionSilent(InboundCall call, String reason) {
        LOG.warnf(
                "[Frontdoor] ⚠️ Action Silent | Trace: %s | CallSid: %s | Reason: %s",
                call.trace().traceId(), call.callSid(), reason);
    }

    /// Once per outage. Nobody is turned away for lack of room meanwhile; who is blocked stays blocked.
    public void placesUnknown(String reason) {
        LOG.warnf("[Frontdoor] 🙈 Places Unknown | Reason: %s", reason);
    }

    /// A defect of ours: the caller got the fallback.
    public void failed(InboundCall call, Webhook webhook, Throwable failure) {
        LOG.errorf(
                failure,
                "[Frontdoor] ❌ Webhook Failed | Trace: %s | CallSid: %s | Path: %s",
                call.trace().traceId(),
                call.callSid(),
                webhook.path());
    }
}
