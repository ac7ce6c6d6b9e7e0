package org.telephonystack.model.ticket;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.CallSid;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes and checks stream tickets. Whether a ticket was used before is not known here: the pod's memory and the table
/// `stream_tickets` know.
public final class StreamTickets {

    /// How long a ticket is good for: the time between our TwiML and Twilio's handshake, generously.
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final String VERSION = "v1";
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SecretKeySpec> keys;
    private final InstantSource clock;

    /// @param secrets the live secrets, the one to write with first; the others are only read
    public StreamTickets(List<String> secrets, InstantSource clock) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("no ticket secret: no stream could be let in");
        }
        this.keys =
                secrets.stream()
                        .map(secret ->
                                new SecretKeySpec(
                                        secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                        .toList();
        this.clock = clock;
    }

    /// What a ticket proves to be.
    public sealed interface Checked {
        record Valid(StreamTicket ticket) implements Checked {}

        record Refused(Why why) implements Checked {}
    }

    public enum Why {
        MISSING,
        MALFORMED,
        /// Signed with none of our secrets, or for another call.
        FORGED_OR_FOREIGN,
        EXPIRED
    }

    /// A new ticket for one stream of this call, as text.
    public String write(CallSid callSid, StreamTicket.Kind kind, int attempt) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        long expires = clock.instant().plus(LIFETIME).getEpochSecond();
        String claims =
                String.join(
                        ".",
                        VERSION,
                        kind.word(),
                        Integer.toString(attempt),
                        HexFormat.of().formatHex(nonce),
                        Long.toString(expires));
        return claims + "." + hmac(keys.getFirst(), callSid, claims);
    }

    /// Never throws. The HMAC is compared in constant time and before anything in the ticket is believed.
    public Checked check(@Nullable String text, CallSid callSid) {
        if (text == null || text.isEmpty()) {
            return new Checked.Refused(Why.MISSING);
        }
        String[] parts = text.split("\\.", -1);
        if (text.length() > 200 || parts.length != 6 || !parts[0].equals(VERSION)) {
            return new Checked.Refused(Why.MALFORMED);
        }
        String claims = text.substring(0, text.lastIndexOf('.'));
        if (!isOurs(callSid, claims, parts[5])) {
            return new Checked.Refused(Why.FORGED_OR_FOREIGN);
        }
        var kind =
                parts[1].equals(StreamTicket.Kind.RESUME.word())
                        ? StreamTicket.Kind.RESUME
                        : StreamTicket.Kind.NEW;
        var ticket =
                new StreamTicket(
                        kind,
                        Integer.parseInt(parts[2]),
                        parts[3],
                        Instant.ofEpochSecond(Long.parseLong(parts[4])));
        return clock.instant().isAfter(ticket.expires())
                ? new Checked.Refused(Why.EXPIRED)
                : new Checked.Valid(ticket);
    }

    private boolean isOurs(CallSid callSid, String claims, String signature) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean ours = false;
        for (SecretKeySpec key : keys) {
            ours |=
                    MessageDigest.isEqual(
                            hmac(key, callSid, claims).getBytes(StandardCharsets.UTF_8), given);
        }
        return ours;
    }

    private static String hmac(SecretKeySpec key, CallSid callSid, String claims) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash =
                    mac.doFinal((claims + "." + callSid.value()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
