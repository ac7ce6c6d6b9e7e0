package org.telephonystack.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.phone.NetworkSettings;
import org.telephonystack.simulator.phone.TelephoneNetwork;
import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.Form;
import org.telephonystack.simulator.webhook.RequestSignature;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class TwilioRestTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "12345";
    private static final String NUMBER = "+18005550123";
    private static final String CALLER = "+14155550199";
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LinkedBlockingQueue<Map<String, String>> callbacks = new LinkedBlockingQueue<>();
    private final HttpServer ours =
            VERTX.createHttpServer()
                    .requestHandler(request ->
                            request.body()
                                    .onSuccess(body -> {
                                        var form = Form.decode(body.toString());
                                        String signature = RequestSignature.of(TOKEN, url(), form);
                                        boolean signed =
                                                signature.equals(
                                                        request.getHeader("X-Twilio-Signature"));
                                        form.put("signed", "" + signed);
                                        callbacks.add(form);
                                        request.response().setStatusCode(204).end();
                                    }))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
    private final TelephoneNetwork network =
            new TelephoneNetwork(
                    VERTX, NetworkSettings.of(ACCOUNT, TOKEN, NUMBER, "http://127.0.0.1:1/"));
    private final TwilioRest rest =
            TwilioRest.start(
                    VERTX,
                    network,
                    RestSettings.onAnyPort().smsUrl(url()).apiKey("SK1", "key-secret"));

    @AfterEach
    void close() {
        rest.close();
        network.close();
        ours.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aTextIsAcceptedRememberedAndReported() throws Exception {
        HttpResponse<String> answer = text(CALLER, "Sorry we lost you");

        JsonNode json = json(answer);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json.path("sid").asText()).matches("SM[0-9a-f]{32}");
        assertThat(json.path("status").asText()).isEqualTo("queued");
        assertThat(rest.awaitDelivery(CALLER, SOON).join().body()).isEqualTo("Sorry we lost you");
        assertThat(List.of(status(), status(), status()))
                .containsExactlyInAnyOrder("queued", "sent", "delivered");
        HttpResponse<String> list =
                get("/Messages.json?To=" + Form.encode(Map.of("", CALLER)).substring(1));
        assertThat(json(list).at("/messages/0/sid").asText()).isEqualTo(json.path("sid").asText());
    }

    @Test
    void whatTwilioRefusesIsRefusedWithItsCode() throws Exception {
        assertThat(code(text("12", "x"))).isEqualTo(21211);
        assertThat(code(text(CALLER, "x".repeat(1601)))).isEqualTo(21617);
        assertThat(code(post("/Messages.json", Map.of("To", CALLER, "Body", "x"))))
                .isEqualTo(21603);
        assertThat(code(post("/Messages.json", Map.of("To", CALLER, "Body", "x", "From", "+1999"))))
                .isEqualTo(21606);
        rest.next(CALLER, new MessageFault.Refused(RestError.NOT_MOBILE));
        assertThat(code(text(CALLER, "x"))).isEqualTo(21614);
        rest.next(CALLER, new MessageFault.Refused(RestError.TOO_MANY_REQUESTS));
        HttpResponse<String> busy = text(CALLER, "x");
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.headers().firstValue("Retry-After")).contains("1");
        assertThat(rest.messages()).isEmpty();
    }

    @Test
    void wrongCredentialsAreRefusedAndAnApiKeyIsNot() throws Exception {
        HttpResponse<String> wrong = send(request("/Messages.json", ACCOUNT, "no").GET().build());
        HttpResponse<String> key =
                send(request("/Messages.json", "SK1", "key-secret").GET().build());

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(code(wrong)).isEqualTo(20003);
        assertThat(key.statusCode()).isEqualTo(200);
    }

    @Test
    void aServerErrorMayHaveStoredTheText() throws Exception {
        rest.next(
                CALLER,
                new MessageFault.ServerError(503, true),
                new MessageFault.ServerError(500, false));

        assertThat(text(CALLER, "one").statusCode()).isEqualTo(503);
        assertThat(text(CALLER, "two").statusCode()).isEqualTo(500);

        assertThat(rest.messagesTo(CALLER)).extracting(Message::body).containsExactly("one");
        assertThat(rest.createRequests()).isEqualTo(2);
    }

    @Test
    void silenceEndsWithoutAnAnswer() {
        rest.next(CALLER, new MessageFault.Silence(Duration.ofMillis(50), true));

        assertThatThrownBy(() -> text(CALLER, "one")).isInstanceOf(IOException.class);
        assertThat(rest.messagesTo(CALLER)).hasSize(1);
    }

    @Test
    void whoTextsStopIsNotTextedAgain() throws Exception {
        assertThat(rest.receiveSms(CALLER, "Stop").join()).matches(reply -> reply.code() == 204);

        Map<String, String> inbound = next();
        assertThat(inbound).containsEntry("Body", "Stop").containsEntry("signed", "true");
        assertThat(code(text(CALLER, "x"))).isEqualTo(21610);
    }

    @Test
    void anUndeliveredTextSaysWhyAndReportsMayComeTwice() throws Exception {
        rest.callbackFaults(CALLER, CallbackFaults.everyOneDoubled());
        rest.next(CALLER, new MessageFault.Undelivered(30003));

        text(CALLER, "x");

        assertThat(rest.awaitDelivery(CALLER, SOON).join().errorCode()).contains(30003);
        assertThat(List.of(status(), status(), status(), status(), status(), status()))
                .containsExactlyInAnyOrder(
                        "queued", "queued", "sent", "sent", "undelivered", "undelivered");
    }

    @Test
    void anUnknownCallIsNotFound() throws Exception {
        assertThat(code(get("/Calls/CA00000000000000000000000000000009.json"))).isEqualTo(20404);
    }

    private String url() {
        return "http://127.0.0.1:" + ours.actualPort() + "/sms?kind=sms";
    }

    private String status() throws InterruptedException {
        Map<String, String> callback = next();
        assertThat(callback).containsEntry("signed", "true");
        return callback.getOrDefault("MessageStatus", "");
    }

    private Map<String, String> next() throws InterruptedException {
        Map<String, String> callback = callbacks.poll(10, TimeUnit.SECONDS);
        assertThat(callback).isNotNull();
        return callback == null ? Map.of() : callback;
    }

    private HttpResponse<String> text(String to, String body)
            throws IOException, InterruptedException {
        return post(
                "/Messages.json",
                Map.of("To", to, "From", NUMBER, "Body", body, "StatusCallback", url()));
    }

    private HttpResponse<String> post(String path, Map<String, String> form)
            throws IOException, InterruptedException {
        return send(
                request(path, ACCOUNT, TOKEN)
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofString(Form.encode(form)))
                        .build());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path, ACCOUNT, TOKEN).GET().build());
    }

    private HttpRequest.Builder request(String path, String user, String password) {
        String credentials =
                Base64.getEncoder()
                        .encodeToString(
                                (user + ":" + password)
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(
                        URI.create(rest.baseUrl() + "/2010-04-01/Accounts/" + ACCOUNT + path))
                .header("Authorization", "Basic " + credentials);
    }

    private static HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int code(HttpResponse<String> answer) throws IOException {
        return json(answer).path("code").asInt();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
