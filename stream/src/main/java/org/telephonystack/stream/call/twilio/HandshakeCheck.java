package org.telephonystack.stream.call.twilio;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

import org.telephonystack.model.twilio.PublicUrl;
import org.telephonystack.model.twilio.TwilioSignature;
import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.admission.Refusals;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets a handshake through when Twilio signed it and there is room: nothing of a call exists before that.
public final class HandshakeCheck implements HttpUpgradeCheck {

    static final String SIGNATURE_HEADER = "X-Twilio-Signature";
    static final int LET_IN = 101;
    static final int FORBIDDEN = 403;
    static final int UNAVAILABLE = 503;

    private final TwilioSignature signature;
    private final PublicUrl publicUrl;
    private final SignatureMode mode;
    private final CallAdmission admission;
    private final Refusals refusals;

    public HandshakeCheck(
            TwilioSignature signature,
            PublicUrl publicUrl,
            SignatureMode mode,
            CallAdmission admission,
            Refusals refusals) {
        this.signature = signature;
        this.publicUrl = publicUrl;
        this.mode = mode;
        this.admission = admission;
        this.refusals = refusals;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        HttpServerRequest request = context.httpRequest();
        int status = statusFor(request.uri(), request.headers().getAll(SIGNATURE_HEADER));
        return status == LET_IN ? CheckResult.permitUpgrade() : CheckResult.rejectUpgrade(status);
    }

    /// @param rawTarget path and query as they came
    /// @param header each `X-Twilio-Signature`
    int statusFor(String rawTarget, List<String> header) {
        Optional<Refusal> forged = forgery(rawTarget, header);
        if (forged.isPresent()) {
            refusals.refused(forged.get(), Optional.empty());
            if (forged.get() == Refusal.SIGNATURE_WRONG || mode == SignatureMode.REQUIRE) {
                return FORBIDDEN;
            }
        }
        Optional<Refusal> noRoom = admission.refusal();
        if (noRoom.isPresent()) {
            refusals.refused(noRoom.get(), Optional.empty());
            return UNAVAILABLE;
        }
        return LET_IN;
    }

    private Optional<Refusal> forgery(String rawTarget, List<String> header) {
        if (header.isEmpty()) {
            return mode == SignatureMode.IF_PRESENT
                    ? Optional.empty()
                    : Optional.of(Refusal.SIGNATURE_MISSING);
        }
        return signature
                        .matchingToken(publicUrl.handshakeSignedAs(rawTarget), Map.of(), header)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.SIGNATURE_WRONG);
    }
}
