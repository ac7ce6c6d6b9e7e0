package org.telephonystack.stream.call.openai;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Where a Realtime API is, and who we are there.
///
/// @param name one short word for metrics, spans and log lines
/// @param base `http(s)` or `ws(s)`; `/realtime` is appended to its path
/// @param model of Azure: the name of the deployment
/// @param longestSession after which the other side closes; it says so nowhere before it does
public record RealtimeEndpoint(
        String name, URI base, Key key, String model, Duration longestSession) {

    /// OpenAI's limit (documented, read 2026-11).
    private static final Duration OPENAI_SESSION = Duration.ofMinutes(60);

    /// Azure's limit (documented, read 2026-11).
    private static final Duration AZURE_SESSION = Duration.ofMinutes(30);

    /// @param header the one that carries the key
    /// @param prefix what stands before it there
    public record Key(String header, String prefix, String value) {

        @Override
        public String toString() {
            return "Key[" + header + "]";
        }
    }

    /// @param base as in `OPENAI_BASE_URL`
    public static RealtimeEndpoint openAi(String name, URI base, String apiKey, String model) {
        return new RealtimeEndpoint(
                name, base, new Key("Authorization", "Bearer ", apiKey), model, OPENAI_SESSION);
    }

    /// @param resource as Azure's portal shows it: `https://<resource>.openai.azure.com`
    public static RealtimeEndpoint azure(
            String name, URI resource, String apiKey, String deployment) {
        String path = resource.getRawPath() == null ? "" : withoutSlash(resource.getRawPath());
        URI base =
                path.endsWith("/v1")
                        ? resource
                        : resource.resolve(path.endsWith("/openai") ? path + "/v1" : "/openai/v1");
        return new RealtimeEndpoint(
                name, base, new Key("api-key", "", apiKey), deployment, AZURE_SESSION);
    }

    WebSocketConnectOptions socket(Duration timeout) {
        var options = new WebSocketConnectOptions();
        options.setHost(base.getHost())
                .setPort(port())
                .setSsl(isSsl())
                .setURI(realtimePath() + "?model=" + encoded())
                .setTimeout(timeout.toMillis())
                .addHeader(key.header(), key.prefix() + key.value());
        // A browser's header; a server that checks origins would refuse ours.
        options.setAllowOriginHeader(false);
        // The key must not follow a redirect to another host.
        options.setFollowRedirects(false);
        return options;
    }

    /// Asks for the model itself.
    RequestOptions modelQuestion(Duration timeout) {
        String path = realtimePath().replaceAll("/realtime$", "/models/") + encoded();
        return new RequestOptions()
                .setHost(base.getHost())
                .setPort(port())
                .setSsl(isSsl())
                .setURI(path)
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis())
                .addHeader(key.header(), key.prefix() + key.value());
    }

    private boolean isSsl() {
        return base.getScheme().equals("https") || base.getScheme().equals("wss");
    }

    private int port() {
        return base.getPort() >= 0 ? base.getPort() : isSsl() ? 443 : 80;
    }

    private String encoded() {
        return URLEncoder.encode(model, StandardCharsets.UTF_8);
    }

    /// Liberal: `https://host`, `https://host/v1` and `wss://host/v1/realtime` mean the same.
    private String realtimePath() {
        String path = base.getRawPath() == null ? "" : withoutSlash(base.getRawPath());
        if (path.isEmpty()) {
            return "/v1/realtime";
        }
        return path.endsWith("/realtime") ? path : path + "/realtime";
    }

    private static String withoutSlash(String path) {
        return path.replaceAll("/+$", "");
    }
}
