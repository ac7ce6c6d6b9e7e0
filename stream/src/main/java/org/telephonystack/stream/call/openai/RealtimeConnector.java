package org.telephonystack.stream.call.openai;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

import org.telephonystack.stream.call.VoiceModel;
import org.telephonystack.stream.call.VoiceModelConnector;
import org.telephonystack.stream.call.VoiceModelEvents;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Connects calls to the Realtime API. One for the process; [#connect] is called on the call's event loop, and the connection
/// then lives on that loop.
public final class RealtimeConnector implements VoiceModelConnector {

    /// `session.updated` and `response.done` repeat all instructions, tools and items; the API names no limit.
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    private final Vertx vertx;
    private final RealtimeSettings settings;
    private final WebSocketClient client;
    private final ObjectMapper json = new ObjectMapper();

    public RealtimeConnector(Vertx vertx, RealtimeSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                                .setMaxFrameSize(MAX_FRAME_BYTES)
                                .setMaxMessageSize(MAX_MESSAGE_BYTES)
                                // Bounded by the calls this process lets in, not here; the usual
                                // bound is 50, and -1 lets
                                // none through.
                                .setMaxConnections(100_000)
                                .setTcpNoDelay(true));
    }

    @Override
    public VoiceModel connect(VoiceModelEvents events, int failures) {
        var model = new RealtimeModel(vertx, settings, json, events);
        model.start(client.webSocket(), address());
        return model;
    }

    /// Gives every connection up; for the end of the process.
    public void close() {
        client.close();
    }

    private WebSocketConnectOptions address() {
        URI base = settings.base();
        boolean ssl = base.getScheme().equals("https") || base.getScheme().equals("wss");
        int port = base.getPort() >= 0 ? base.getPort() : ssl ? 443 : 80;
        String path = path(base);
        String model = URLEncoder.encode(settings.model(), StandardCharsets.UTF_8);
        var options = new WebSocketConnectOptions();
        options.setHost(base.getHost())
                .setPort(port)
                .setSsl(ssl)
                .setURI(path + "?model=" + model)
                .setTimeout(settings.connectTimeout().toMillis())
                .addHeader("Authorization", "Bearer " + settings.apiKey());
        // A browser's header; a server that checks origins would refuse ours.
        options.setAllowOriginHeader(false);
        // The key must not follow a redirect to another host.
        options.setFollowRedirects(false);
        return options;
    }

    /// Liberal: `https://host`, `https://host/v1` and `wss://host/v1/realtime` mean the same.
    private static String path(URI base) {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        if (path.isEmpty()) {
            return "/v1/realtime";
        }
        return path.endsWith("/realtime") ? path : path + "/realtime";
    }
}
