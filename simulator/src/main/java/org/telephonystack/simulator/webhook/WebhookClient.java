package org.telephonystack.simulator.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

import org.telephonystack.simulator.webhook.RequestSignature.Signing;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes Twilio's requests: signed, with its headers, its limits (15 s in all) and its retries (connect failures once, unless
/// the URL's fragment says otherwise). A retry carries the idempotency token of the first try.
public final class WebhookClient {

    private static final int MOST_REDIRECTS = 10;

    private final Vertx vertx;
    private final HttpClient http;
    private final Routes routes;
    private volatile String authToken;

    public WebhookClient(Vertx vertx, String authToken, Routes routes) {
        this.vertx = vertx;
        this.authToken = authToken;
        this.routes = routes;
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions().setDecompressionSupported(true),
                        new PoolOptions().setHttp1MaxSize(500));
    }

    /// One request to one of our URLs.
    ///
    /// @param url as configured, with its `#rc=…` fragment
    /// @param parameters in the body of a POST, in the query of a GET
    /// @param voice false for messaging: the port of an https URL is then signed
    public record Request(
            String method,
            String url,
            Map<String, String> parameters,
            boolean voice,
            Signing signing) {

        public static Request post(String url, Map<String, String> parameters) {
            return new Request("POST", url, parameters, true, Signing.RIGHT);
        }

        public Request signed(Signing how) {
            return new Request(method, url, parameters, voice, how);
        }
    }

    /// Signs with another token from now on, as after a promotion.
    public void rotateTo(String newAuthToken) {
        authToken = newAuthToken;
    }

    public String signatureOf(String url, Map<String, String> form) {
        return RequestSignature.of(authToken, url, form);
    }

    public String resolve(String url) {
        return routes.resolve(url);
    }

    /// Never fails: a failure is a [WebhookReply.Failed].
    public Future<WebhookReply> send(Request request) {
        return send(request, UUID.randomUUID().toString());
    }

    /// @param token the idempotency token: the same event sent twice carries the same
    public Future<WebhookReply> send(Request request, String token) {
        WebhookUrl url;
        try {
            url = WebhookUrl.of(request.url());
            URI.create(url.address());
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(
                    new WebhookReply.Failed(TwilioError.INVALID_URL, request.url()));
        }
        if (Vertx.currentContext() == null) {
            // Off an event loop, a body may arrive before anybody listens to it.
            Promise<WebhookReply> reply = Promise.promise();
            vertx.runOnContext(_ -> send(request, url, token).onComplete(reply));
            return reply.future();
        }
        return send(request, url, token);
    }

    private Future<WebhookReply> send(Request request, WebhookUrl url, String token) {
        return attempt(request, url, token, url.retries())
                .timeout(url.totalTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(WebhookClient::failed);
    }

    public void close() {
        http.close();
    }

    private Future<WebhookReply> attempt(Request request, WebhookUrl url, String token, int left) {
        return exchange(request, url, token, url.address(), MOST_REDIRECTS)
                .otherwise(WebhookClient::failed)
                .compose(reply ->
                        left > 0 && isRetried(reply, url)
                                ? attempt(request, url, token, left - 1)
                                : Future.succeededFuture(reply));
    }

    private Future<WebhookReply> exchange(
            Request request, WebhookUrl url, String token, String address, int redirectsLeft) {
        boolean get = "GET".equals(request.method());
        String query =
                get && !request.parameters().isEmpty() ? Form.encode(request.parameters()) : "";
        String target =
                query.isEmpty() ? address : address + (address.contains("?") ? "&" : "?") + query;
        var options =
                new RequestOptions()
                        .setMethod(get ? HttpMethod.GET : HttpMethod.POST)
                        .setAbsoluteURI(routes.resolve(target))
                        .setConnectTimeout(url.connectTimeout().toMillis())
                        .setIdleTimeout(url.readTimeout().toMillis());
        return http.request(options)
                .compose(out -> send(out, request, WebhookUrl.of(target), token, get))
                .compose(response ->
                        isRedirect(response.statusCode())
                                ? follow(response, request, url, token, target, redirectsLeft)
                                : answer(response));
    }

    private Future<HttpClientResponse> send(
            HttpClientRequest out, Request request, WebhookUrl target, String token, boolean get) {
        Map<String, String> form = get ? Map.of() : request.parameters();
        String signature = signatureOf(target.signed(request.voice()), form);
        String authority = URI.create(target.address()).getRawAuthority();
        out.putHeader("Host", authority.substring(authority.indexOf('@') + 1))
                .putHeader("User-Agent", "TwilioProxy/1.1")
                .putHeader("Accept", "*/*")
                .putHeader("I-Twilio-Idempotency-Token", token);
        switch (request.signing()) {
            case RIGHT -> out.putHeader("X-Twilio-Signature", signature);
            case WRONG ->
                    out.putHeader(
                            "X-Twilio-Signature",
                            RequestSignature.of("not-the-token", target.address(), form));
            case NONE -> {}
        }
        if (get) {
            return out.send();
        }
        return out.putHeader("Content-Type", Form.CONTENT_TYPE)
                .send(Buffer.buffer(Form.encode(form).getBytes(StandardCharsets.UTF_8)));
    }

    /// As Twilio does it: a 301 or 302 turns the POST into a GET and loses the body.
    private Future<WebhookReply> follow(
            HttpClientResponse response,
            Request request,
            WebhookUrl url,
            String token,
            String from,
            int left) {
        String location = response.getHeader("Location");
        if (left == 0 || location == null) {
            return Future.succeededFuture(
                    new WebhookReply.Failed(TwilioError.REDIRECTS, request.url()));
        }
        var next = new Request("GET", request.url(), Map.of(), request.voice(), request.signing());
        return exchange(next, url, token, URI.create(from).resolve(location).toString(), left - 1);
    }

    private static Future<WebhookReply> answer(HttpClientResponse response) {
        var contentType = Optional.ofNullable(response.getHeader("Content-Type"));
        return response.body()
                .map(body ->
                        new WebhookReply.Answered(
                                response.statusCode(),
                                contentType,
                                new String(body.getBytes(), StandardCharsets.ISO_8859_1)));
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303;
    }

    private static boolean isRetried(WebhookReply reply, WebhookUrl url) {
        return switch (reply) {
            case WebhookReply.Answered(int status, _, _) when status >= 500 -> url.retriesOn("5xx");
            case WebhookReply.Answered(int status, _, _) when status >= 400 -> url.retriesOn("4xx");
            case WebhookReply.Answered _ -> false;
            case WebhookReply.Failed(TwilioError error, _) ->
                    url.retriesOn(error == TwilioError.HTTP_RETRIEVAL ? "rt" : "ct");
        };
    }

    private static WebhookReply failed(Throwable cause) {
        String detail = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        TwilioError error =
                switch (cause) {
                    case UnknownHostException _ -> TwilioError.HOST_NAME;
                    case ConnectException _ -> TwilioError.CONNECT;
                    case TimeoutException _ -> TwilioError.HTTP_RETRIEVAL;
                    default ->
                            detail.contains("imeout")
                                    ? TwilioError.HTTP_RETRIEVAL
                                    : TwilioError.HTTP_PROTOCOL;
                };
        return new WebhookReply.Failed(error, detail);
    }
}
