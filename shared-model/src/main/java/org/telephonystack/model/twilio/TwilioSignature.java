package org.telephonystack.model.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whether a request really comes from Twilio: base64(HMAC-SHA1(auth token, public URL + sorted parameters)).
///
/// The URL is the *public* one, byte for byte as Twilio was told it (see [PublicUrl]). Several tokens may be live while one
/// is being rotated. There is no time in the scheme: a replayed request stays valid, so handlers are idempotent.
///
/// Own code because Twilio's Java validator decodes the URL when it varies the port (twilio-java #601), takes port 80 for
/// `wss` and cannot express repeated parameters.
///
/// @see <a href="https://www.twilio.com/docs/usage/security#validating-requests">Twilio: validating requests</a> (2026-11)
public final class TwilioSignature {

    private static final String ALGORITHM = "HmacSHA1";

    private final List<SecretKeySpec> keys;

    /// @param authTokens the live auth tokens, the usual one first; at least one
    public TwilioSignature(List<String> authTokens) {
        if (authTokens.isEmpty()) {
            throw new IllegalArgumentException("no auth token: nothing could be validated");
        }
        this.keys =
                authTokens.stream()
                        .map(token ->
                                new SecretKeySpec(
                                        token.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                        .toList();
    }

    /// @param urls the forms of the URL that Twilio may have signed
    /// @param form the decoded form parameters; empty for a GET, a handshake, a JSON body
    /// @param header the value of `X-Twilio-Signature`; several headers make none
    /// @return the index of the token that signed it, or empty: refuse the request
    public OptionalInt matchingToken(
            List<String> urls, Map<String, List<String>> form, List<String> header) {
        if (header.size() != 1 || header.getFirst().isEmpty()) {
            return OptionalInt.empty();
        }
        byte[] given = header.getFirst().getBytes(StandardCharsets.UTF_8);
        String parameters = parameters(form);
        int match = -1;
        for (int token = 0; token < keys.size(); token++) {
            for (String url : urls) {
                byte[] expected =
                        sign(keys.get(token), url + parameters).getBytes(StandardCharsets.US_ASCII);
                if (MessageDigest.isEqual(expected, given) && match < 0) {
                    match = token;
                }
            }
        }
        return match < 0 ? OptionalInt.empty() : OptionalInt.of(match);
    }

    /// For a body that is no form: Twilio puts `bodySHA256` into the query and signs the URL alone.
    public OptionalInt matchingTokenOfBody(List<String> urls, byte[] body, List<String> header) {
        List<String> naming = urls.stream().filter(url -> namesHashOf(url, body)).toList();
        return matchingToken(naming, Map.of(), header);
    }

    /// What Twilio would send for this request, made with the first token.
    public String sign(String url, Map<String, List<String>> form) {
        return sign(keys.getFirst(), url + parameters(form));
    }

    private static String parameters(Map<String, List<String>> form) {
        var text = new StringBuilder();
        for (String name : new TreeSet<>(form.keySet())) {
            for (String value : new TreeSet<>(form.getOrDefault(name, List.of()))) {
                text.append(name).append(value);
            }
        }
        return text.toString();
    }

    private static boolean namesHashOf(String url, byte[] body) {
        int query = url.indexOf('?');
        if (query < 0) {
            return false;
        }
        for (String pair : url.substring(query + 1).split("&")) {
            if (pair.startsWith("bodySHA256=")) {
                byte[] named =
                        pair.substring("bodySHA256=".length()).getBytes(StandardCharsets.US_ASCII);
                return MessageDigest.isEqual(
                        sha256(body).getBytes(StandardCharsets.US_ASCII), named);
            }
        }
        return false;
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String sign(SecretKeySpec key, String data) {
        try {
            // A Mac is not safe for several threads: one each time.
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
