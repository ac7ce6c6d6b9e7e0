package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.PersonalData;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallEvent;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.truth.UnbackedClaim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// To the letter: operators grep for these.
class CallLogLinesTest {

    private static final CallSid CALL = new CallSid("CA0123456789abcdef0123456789abcdef");
    private static final String OURS =
            " | Trace: 0123456789abcdef0123456789abcdef | CallSid: CA0123456789abcdef0123456789abcdef";
    private static final CallStart START =
            new CallStart(
                    CALL,
                    new StreamSid("MZ1"),
                    "+1234567890",
                    "+18005550123",
                    new StreamTicket(StreamTicket.Kind.NEW, 1, "n", Instant.EPOCH),
                    Instant.EPOCH);

    private final List<String> written = new ArrayList<>();

    @Test
    void theContractsLinesAreWhatTheyWere() {
        CallLogLines lines = lines(PersonalData.FULL);

        lines.on(new CallEvent.Started(START), CALL);
        lines.on(new CallEvent.ClientIdentified(new CallContext.Client("John", "Doe")), CALL);
        lines.on(new CallEvent.GreetingTriggered(), CALL);
        lines.on(
                new CallEvent.ResponseEnded(
                        "r", ModelEvent.Status.COMPLETED, ModelEvent.Usage.NONE),
                CALL);
        lines.on(
                new CallEvent.Ended(
                        EndReason.CALLER_HUNG_UP,
                        Duration.ofMillis(81_200),
                        Optional.of(Duration.ofMillis(412))),
                CALL);

        assertThat(written)
                .containsExactly(
                        "[Stream] 🚀 Call Started | Caller: +1234567890" + OURS,
                        "[Stream] 👤 Client Identified | Client: John Doe" + OURS,
                        "[Stream] 🎙️ Greeting Triggered" + OURS,
                        "[Stream] ✅ Response Complete" + OURS,
                        "[Stream] 📴 Call Ended"
                                + OURS
                                + " | End: caller_hung_up | Duration: 81.2s | First audio: 412ms");
    }

    @Test
    void aReplacedModelATakenUpCallAndAFalseClaimAreOneLineEach() {
        CallLogLines lines = lines(PersonalData.FULL);

        lines.on(
                new CallEvent.ModelReplaced(
                        "openai", "azure", "close 1006\n", Duration.ofMillis(812)),
                CALL);
        lines.on(new CallEvent.TakenUp(2, 14), CALL);
        lines.on(new CallEvent.ClaimUnbacked(UnbackedClaim.Kind.BOOKED), CALL);
        lines.on(new CallEvent.EmergencyHeard(), CALL);

        assertThat(written)
                .containsExactly(
                        "[Stream] 🔀 Model Replaced"
                                + OURS
                                + " | Endpoint: azure | Before: openai | Cause: close_1006_ | Outage: 812ms",
                        "[Stream] 🔁 Call Resumed" + OURS + " | Attempt: 2 | Known: 14",
                        "[Stream] 🤥 Claim Unbacked" + OURS + " | Kind: booked",
                        "[Stream] 🚨 Emergency Words" + OURS);
    }

    @Test
    void peopleAreMaskedUnlessSomebodyWantsThemInFull() {
        CallLogLines lines = lines(PersonalData.MASKED);

        lines.on(new CallEvent.Started(START), CALL);
        lines.on(new CallEvent.ClientIdentified(new CallContext.Client("John", "Doe")), CALL);

        assertThat(written)
                .containsExactly(
                        "[Stream] 🚀 Call Started | Caller: +1******7890" + OURS,
                        "[Stream] 👤 Client Identified | Client: J. D." + OURS);
    }

    @Test
    void refusalsSayWhyAndForWhichCall() {
        CallLogLines lines = lines(PersonalData.MASKED);

        lines.refused(Refusal.SIGNATURE_WRONG, Optional.empty());
        lines.refused(Refusal.TICKET_REUSED, Optional.of(CALL));
        lines.refused(Refusal.FULL, Optional.empty());

        assertThat(written)
                .containsExactly(
                        "[Stream] ❌ Security validation failed | Reason: signature_wrong",
                        "[Stream] ❌ Security validation failed | Reason: ticket_reused" + OURS,
                        "[Stream] 🚧 Stream Turned Away | Reason: full");
    }

    @Test
    void aProvidersWordsCannotBreakALine() {
        lines(PersonalData.MASKED)
                .on(
                        new CallEvent.ModelTrouble(
                                ModelEvent.Trouble.PASSING, "server_error\n[Stream] 🚀 | x"),
                        CALL);

        assertThat(written).singleElement().asString().doesNotContain("\n").doesNotContain("🚀");
    }

    private CallLogLines lines(PersonalData personalData) {
        return new CallLogLines(personalData, (_, line, _) -> written.add(line));
    }
}
