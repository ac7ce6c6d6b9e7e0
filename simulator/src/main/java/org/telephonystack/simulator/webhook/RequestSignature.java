package org.telephonystack.simulator.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Twilio's side of `X-Twilio-Signature`; written from its documentation, apart from the services' validator on purpose.
public final class RequestSignature {

    /// How a request is to be signed.
    public enum Signing {
        RIGHT,
        WRONG,
        NONE
    }

    private RequestSignature() {}

    /// @param url the public URL as Twilio was told it, without fragment and credentials
    /// @param form parameters of the body; those of the query are part of the URL
    public static String of(String authToken, String url, Map<String, String> form) {
        var data = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> data.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] code = mac.doFinal(data.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }
}
