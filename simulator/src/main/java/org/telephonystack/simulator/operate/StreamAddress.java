package org.telephonystack.simulator.operate;

import org.telephonystack.simulator.webhook.RequestSignature;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The same for the WebSocket: whether a signed upgrade reaches stream, and what is changed on the way.
record StreamAddress(Http http, Findings findings, String token, List<String> otherBases) {

    private static final String PATH = "/voice-stream";
    private static final int SWITCHING = 101;

    /// @param why nobody answered; empty if somebody did
    private record Handshake(int status, String why) {}

    void check(String base) {
        String url = "ws" + base.substring("http".length()) + PATH;
        Handshake answer = shake(url, url);
        switch (answer.status()) {
            case SWITCHING ->
                    findings.good("voice-stream: " + url + " takes signed WebSocket upgrades");
            case 0 ->
                    findings.problem(
                            "voice-stream: " + url + " cannot be reached: " + answer.why());
            case 403 -> findings.problem("voice-stream: " + refused(url));
            case 503 ->
                    findings.note(
                            "voice-stream: " + url + " turns upgrades away: full, or leaving");
            case 400, 426 ->
                    findings.problem(
                            "voice-stream: a hop drops the upgrade (HTTP "
                                    + answer.status()
                                    + "): it has to pass on WebSockets");
            default ->
                    findings.problem(
                            "voice-stream: "
                                    + url
                                    + " is not led to the service (HTTP "
                                    + answer.status()
                                    + "): look at the proxy's routes");
        }
    }

    private String refused(String url) {
        List<String> bases =
                otherBases.stream().map(it -> "ws" + it.substring("http".length())).toList();
        for (Variant variant : Variant.of(url, Map.of(), bases, PATH)) {
            if (shake(url, variant.url()).status() == SWITCHING) {
                return "403: a hop or a setting changes the %s: %s. Asked for: %s | believed: %s"
                        .formatted(variant.hop(), variant.what(), url, variant.url());
            }
        }
        return "403 for "
                + url
                + ", and no variant of it is believed: it has another TWILIO_AUTH_TOKEN, or a hop drops the header"
                + " X-Twilio-Signature";
    }

    /// The socket is closed at once: stream had no time to miss Twilio's `start`.
    private Handshake shake(String url, String signedAs) {
        try {
            WebSocket socket =
                    http.client()
                            .newWebSocketBuilder()
                            .header(
                                    "X-Twilio-Signature",
                                    RequestSignature.of(token, signedAs, Map.of()))
                            .buildAsync(URI.create(url), new WebSocket.Listener() {})
                            .get(15, TimeUnit.SECONDS);
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            socket.abort();
            return new Handshake(SWITCHING, "");
        } catch (ExecutionException e) {
            return e.getCause() instanceof WebSocketHandshakeException refused
                    ? new Handshake(refused.getResponse().statusCode(), "")
                    : new Handshake(0, Http.why(e.getCause() == null ? e : e.getCause()));
        } catch (CompletionException | TimeoutException _) {
            return new Handshake(0, "no answer within 15 s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Handshake(0, "interrupted");
        }
    }

    /// Holds the token.
    @Override
    public String toString() {
        return "StreamAddress";
    }
}
