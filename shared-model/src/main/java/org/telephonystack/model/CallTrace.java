package org.telephonystack.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// Where a call is found in Jaeger: its trace id is the 32 hex digits of the CallSid, its root span id the first 64 bits
/// of SHA-256(CallSid). Whoever knows the CallSid can put a span into the call's trace, at any time.
///
/// @param traceId 32 lower-case hex digits, never all zero
/// @param rootSpanId 16 lower-case hex digits, never all zero
public record CallTrace(String traceId, String rootSpanId) {

    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);

    public static CallTrace of(CallSid callSid) {
        String hash = sha256(callSid.value());
        String digits =
                callSid.isCanonical()
                        ? callSid.value().substring(2).toLowerCase(Locale.ROOT)
                        : NO_TRACE;
        String root = hash.substring(0, 16);
        return new CallTrace(
                digits.equals(NO_TRACE) ? hash.substring(0, 32) : digits,
                root.equals(NO_SPAN) ? "1" + root.substring(1) : root);
    }

    /// Whether this call is traced: the same answer in every service, for it depends on the trace id alone.
    ///
    /// @param ratio from 0 (none) to 1 (all)
    public boolean isSampled(double ratio) {
        // The magnitude of the low 64 bits, as OpenTelemetry's ratio sampler for Java reads them:
        // we agree with its choice.
        long low = Math.abs(Long.parseUnsignedLong(traceId, 16, 32, 16));
        return ratio >= 1 || (ratio > 0 && low < (long) (ratio * Long.MAX_VALUE));
    }

    private static String sha256(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
