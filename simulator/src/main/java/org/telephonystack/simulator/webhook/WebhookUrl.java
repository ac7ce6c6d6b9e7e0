package org.telephonystack.simulator.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A URL as it stands in the console or in TwiML, taken apart: what is requested, what is signed, and the connection
/// overrides behind `#` (`rc`, `rp`, `ct`, `rt`, `tt`), which are neither sent nor signed.
///
/// @param address without fragment
record WebhookUrl(
        String address,
        int retries,
        Set<String> retryOn,
        Duration connectTimeout,
        Duration readTimeout,
        Duration totalTimeout) {

    private static final int LIMIT_MILLIS = 15_000;

    static WebhookUrl of(String configured) {
        int hash = configured.indexOf('#');
        String address = hash < 0 ? configured : configured.substring(0, hash);
        var overrides = new HashMap<String, String>();
        if (hash >= 0) {
            for (String pair : configured.substring(hash + 1).split("&")) {
                String[] sides = pair.split("=", 2);
                overrides.put(sides[0], sides.length == 2 ? sides[1] : "");
            }
        }
        return new WebhookUrl(
                address,
                number(overrides, "rc", 1, 0, 5),
                Set.copyOf(List.of(overrides.getOrDefault("rp", "ct").split(","))),
                millis(overrides, "ct", 5_000, 10_000),
                millis(overrides, "rt", LIMIT_MILLIS, LIMIT_MILLIS),
                millis(overrides, "tt", LIMIT_MILLIS, LIMIT_MILLIS));
    }

    /// Twilio drops credentials always, and the port from https URLs of voice (not of messaging).
    String signed(boolean voice) {
        URI uri = URI.create(address);
        String plain =
                uri.getRawUserInfo() == null ? address : address.replaceFirst("://[^@/]*@", "://");
        boolean dropPort = voice && "https".equals(uri.getScheme()) && uri.getPort() >= 0;
        return dropPort ? plain.replaceFirst(":" + uri.getPort() + "(?=[/?]|$)", "") : plain;
    }

    boolean retriesOn(String policy) {
        return retryOn.contains("all") || retryOn.contains(policy);
    }

    private static Duration millis(Map<String, String> in, String key, int standard, int most) {
        return Duration.ofMillis(number(in, key, standard, 100, most));
    }

    private static int number(
            Map<String, String> in, String key, int standard, int least, int most) {
        String text = in.getOrDefault(key, "");
        boolean usable = text.matches("\\d{1,6}");
        return usable ? Math.clamp(Integer.parseInt(text), least, most) : standard;
    }
}
