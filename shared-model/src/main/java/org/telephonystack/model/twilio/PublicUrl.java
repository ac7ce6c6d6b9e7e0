package org.telephonystack.model.twilio;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The address under which Twilio knows one of our services: the part of the URL that is configured, never taken from a
/// request's headers.
///
/// @param base scheme, host, optional port, optional path prefix; no slash at the end, no credentials, no query
public record PublicUrl(String base) {

    public PublicUrl {
        base = base.strip();
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        URI uri = parsed(base);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        base = scheme + base.substring(scheme.length());
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "must be http(s)://host[:port][/prefix], was without scheme or host");
        }
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must carry no credentials, query or fragment");
        }
    }

    /// The JDK's own message would repeat the text, credentials and all.
    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("is no URL");
        }
    }

    /// The absolute URL of a path of ours, as written into TwiML.
    public String of(String path) {
        return base + path;
    }

    /// The same for a Media Stream: `wss` for `https`, `ws` for `http`.
    public String webSocketOf(String path) {
        return "ws" + of(path).substring("http".length());
    }

    /// What Twilio may have signed for a webhook with this raw request target (path and query as received): the URL with
    /// and without its port, for Twilio drops the port of https voice URLs and keeps it elsewhere.
    public List<String> signedAs(String rawTarget) {
        return variants(base, rawTarget, false);
    }

    /// The same for the handshake of a Media Stream, where Twilio may also append a slash.
    public List<String> handshakeSignedAs(String rawTarget) {
        return variants("ws" + base.substring("http".length()), rawTarget, true);
    }

    private static List<String> variants(String base, String rawTarget, boolean slash) {
        var urls = new LinkedHashSet<String>();
        urls.add(base + rawTarget);
        URI uri = URI.create(base);
        if (uri.getPort() >= 0) {
            urls.add(base.replaceFirst(":" + uri.getPort() + "(?=/|$)", "") + rawTarget);
        } else {
            int port = base.startsWith("https") || base.startsWith("wss") ? 443 : 80;
            int end = base.indexOf('/', base.indexOf("://") + 3);
            int host = end < 0 ? base.length() : end;
            urls.add(base.substring(0, host) + ":" + port + base.substring(host) + rawTarget);
        }
        var all = new ArrayList<>(urls);
        if (slash && !rawTarget.endsWith("/")) {
            urls.forEach(url -> all.add(url + "/"));
        }
        return List.copyOf(all);
    }
}
