package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.SpanCollector;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;

import java.util.List;
import java.util.Map;

/// One call is one trace, found by its CallSid, and action makes its root.
@ActionTest
class CallSpansTest {

    @Inject SpanCollector spans;
    @Inject TestDatabase database;

    @Test
    void theRootIsExportedOnceAndTheRestHangsUnderIt() {
        CallTrace trace = CallTrace.of(new CallSid("CA60000000000000000000000000000001"));
        var failed = status("CA60000000000000000000000000000001", "failed", "+14155550601");

        SignedForm.post("/voice-action", failed).then().statusCode(200);
        SignedForm.post("/voice-action", failed).then().statusCode(200);

        await().until(() -> named(trace, "recovery sms").size() == 1);
        assertThat(named(trace, "call"))
                .singleElement()
                .satisfies(root -> {
                    assertThat(root.getSpanId()).isEqualTo(trace.rootSpanId());
                    assertThat(root.getParentSpanContext().isValid()).isFalse();
                    assertThat(root.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
                    assertThat(root.getEndEpochNanos())
                            .isGreaterThanOrEqualTo(root.getStartEpochNanos());
                });
        assertThat(named(trace, "status callback")).hasSize(2);
        assertThat(spans.ofTrace(trace.traceId()))
                .filteredOn(span -> !span.getName().equals("call"))
                .allSatisfy(
                        span -> assertThat(span.getParentSpanId()).isEqualTo(trace.rootSpanId()));
    }

    @Test
    void aCallThatEndedWellIsATraceWithoutAnErrorAndWithoutAText() {
        String callSid = "CA60000000000000000000000000000002";
        CallTrace trace = CallTrace.of(new CallSid(callSid));
        database.streamJournal(callSid, "caller_hung_up");

        SignedForm.post("/voice-action", status(callSid, "completed", "+14155550602"))
                .then()
                .statusCode(200);

        assertThat(named(trace, "call"))
                .singleElement()
                .satisfies(root ->
                        assertThat(root.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET));
        assertThat(database.text("select outcome from calls where call_sid = $1", callSid))
                .isEqualTo("caller_hung_up");
        assertThat(database.count("select count(*) from sms_outbox where call_sid = $1", callSid))
                .isZero();
    }

    @Test
    void whatALegOfADialAndATextComeToIsSeenInTheCallTheyBelongTo() {
        String callSid = "CA60000000000000000000000000000004";
        CallTrace trace = CallTrace.of(new CallSid(callSid));
        CallTrace leg = CallTrace.of(new CallSid("CA60000000000000000000000000000005"));
        database.execute(
                """
                insert into sms_outbox (dedupe_key, call_sid, recipient, body, state, message_sid)
                values ('spans', $1, '+14155550604', 'x', 'sent', 'SM0604')
                """,
                callSid);

        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "CallSid", "CA60000000000000000000000000000005",
                                "ParentCallSid", callSid,
                                "Direction", "outbound-dial",
                                "CallStatus", "ringing"))
                .then()
                .statusCode(200);
        SignedForm.post(
                        "/voice-action",
                        Map.of("MessageSid", "SM0604", "MessageStatus", "delivered"))
                .then()
                .statusCode(200);

        await().until(() -> named(trace, "status callback").size() == 2);
        assertThat(spans.ofTrace(leg.traceId())).isEmpty();
    }

    /// The pump looks every second: that must not fill Jaeger.
    @Test
    void whatBelongsToNoCallMakesNoTrace() {
        SignedForm.post(
                        "/voice-action",
                        status("CA60000000000000000000000000000003", "ringing", "+14155550603"))
                .then()
                .statusCode(200);

        assertThat(spans.all())
                .isNotEmpty()
                .filteredOn(span -> !span.getParentSpanContext().isValid())
                .extracting(SpanData::getName)
                .allMatch("call"::equals);
    }

    private List<SpanData> named(CallTrace trace, String name) {
        return spans.ofTrace(trace.traceId()).stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static Map<String, String> status(String callSid, String status, String from) {
        return Map.of(
                "CallSid", callSid,
                "CallStatus", status,
                "Direction", "inbound",
                "From", from,
                "To", TwilioStub.OUR_NUMBER);
    }
}
