package org.telephonystack.simulator.phone;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;

import org.telephonystack.simulator.webhook.RequestSignature;
import org.telephonystack.simulator.webhook.TwilioError;

import java.net.ConnectException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/// How Twilio knocks: which URLs it refuses to call, what it signs, what it makes of a failure.
final class StreamHandshake {

    private static final long CONNECT_MILLIS = 10_000;

    private final MediaStream.Call call;
    private final String url;

    /// @param url as in TwiML, absolute: this is what is signed
    StreamHandshake(MediaStream.Call call, String url) {
        this.call = call;
        this.url = url;
    }

    /// Why no connection is even tried.
    Optional<TwilioError> refusal() {
        if (url.contains("?")) {
            return Optional.of(TwilioError.STREAM_HANDSHAKE);
        }
        boolean plain = url.startsWith("ws://") && call.settings().plainSockets();
        if (!url.startsWith("wss://") && !plain) {
            return Optional.of(TwilioError.STREAM_SCHEME);
        }
        try {
            return URI.create(call.resolve(url)).getHost() == null
                    ? Optional.of(TwilioError.STREAM_URL)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(TwilioError.STREAM_URL);
        }
    }

    WebSocketConnectOptions options() {
        URI target = URI.create(call.resolve(url));
        boolean secure = "wss".equals(target.getScheme());
        int usualPort = secure ? 443 : 80;
        var options =
                new WebSocketConnectOptions()
                        .setHost(target.getHost())
                        .setPort(target.getPort() > 0 ? target.getPort() : usualPort)
                        .setSsl(secure)
                        .setURI(target.getRawPath().isEmpty() ? "/" : target.getRawPath())
                        .setAllowOriginHeader(false)
                        .setTimeout(CONNECT_MILLIS);
        signature().ifPresent(value -> options.addHeader("x-twilio-signature", value));
        return options;
    }

    static TwilioError errorOf(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException _ -> TwilioError.STREAM_HANDSHAKE;
            case TimeoutException _ -> TwilioError.STREAM_CONNECT_TIMEOUT;
            case SSLException _ -> TwilioError.STREAM_TLS;
            case ConnectException e when String.valueOf(e.getMessage()).contains("timed out") ->
                    TwilioError.STREAM_CONNECT_TIMEOUT;
            case ConnectException _ -> TwilioError.STREAM_REFUSED;
            default -> TwilioError.STREAM_HANDSHAKE;
        };
    }

    private Optional<String> signature() {
        return switch (call.plan().handshakeSigning()) {
            case RIGHT -> Optional.of(call.signatureOf(url));
            case WRONG -> Optional.of(RequestSignature.of("not-the-token", url, Map.of()));
            case NONE -> Optional.empty();
        };
    }
}
