package org.telephonystack.simulator.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.telephonystack.simulator.phone.Sids;
import org.telephonystack.simulator.phone.TelephoneNetwork;
import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.Callbacks;
import org.telephonystack.simulator.webhook.Form;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;
import org.telephonystack.simulator.webhook.WebhookClient;
import org.telephonystack.simulator.webhook.WebhookReply;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Twilio's REST API over HTTP, for the account and the live calls of a [TelephoneNetwork].
///
/// ```java
/// var rest = TwilioRest.start(vertx, network, RestSettings.onAnyPort().smsUrl(actionUrl));
/// … TWILIO_API_BASE_URL=rest.baseUrl() …
/// rest.next("+14155550199", new MessageFault.ServerError(503, true));
/// Message text = rest.awaitMessageTo("+14155550199", Duration.ofSeconds(5)).join();
/// rest.receiveSms("+14155550199", "STOP").join();
/// ```
public final class TwilioRest implements AutoCloseable {

    private final TelephoneNetwork network;
    private final RestSettings settings;
    private final Vertx vertx;
    private final MessageDesk desk;
    private final CallDesk calls;
    private final RecordingDesk recordings = new RecordingDesk();
    private final NumberDesk numbers;
    private final Map<String, Queue<MessageFault>> faults = new ConcurrentHashMap<>();
    private final AtomicInteger createRequests = new AtomicInteger();
    private final HttpServer server;

    private TwilioRest(Vertx vertx, TelephoneNetwork network, RestSettings settings) {
        this.vertx = vertx;
        this.network = network;
        this.settings = settings;
        this.desk = new MessageDesk(vertx, network.settings(), settings, network.webhooks());
        this.calls = new CallDesk(network);
        this.numbers = new NumberDesk(network.settings(), settings);
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    /// Waits until it listens: not to be called on an event loop.
    public static TwilioRest start(Vertx vertx, TelephoneNetwork network, RestSettings settings) {
        var rest = new TwilioRest(vertx, network, settings);
        rest.server
                .listen(settings.port(), "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return rest;
    }

    /// In place of `https://api.twilio.com`.
    public String baseUrl() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public List<Message> messages() {
        return desk.messages().all();
    }

    public List<Message> messagesTo(String number) {
        return messages().stream().filter(message -> message.to().equals(number)).toList();
    }

    /// The first text to this number, sent already or soon.
    public CompletableFuture<Message> awaitMessageTo(String number, Duration timeout) {
        return desk.messages()
                .await(message -> message.to().equals(number))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The first text to this number that has come to its end: delivered or undelivered.
    public CompletableFuture<Message> awaitDelivery(String number, Duration timeout) {
        return desk.messages()
                .await(message ->
                        message.to().equals(number) && message.status().endsWith("delivered"))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The console's fields of our number by their REST names: `voice_url`, `status_callback`, …
    public Map<String, String> number() {
        return numbers.fields();
    }

    /// What was asked of recordings, e.g. `GET RE….wav`, `DELETE RE….json`.
    public List<String> recordingRequests() {
        return recordings.requests();
    }

    /// How many create requests came for any number, refused ones included.
    public int createRequests() {
        return createRequests.get();
    }

    /// Delivery reports that were answered.
    public List<Callbacks.Sent> reports() {
        return desk.reports();
    }

    /// What happens to the next request to text this number; several wait in line.
    public void next(String number, MessageFault... some) {
        faults.computeIfAbsent(number, _ -> new ConcurrentLinkedQueue<>()).addAll(List.of(some));
    }

    /// What goes wrong with the delivery reports of texts to this number.
    public void callbackFaults(String number, CallbackFaults some) {
        desk.callbackFaults(number, some);
    }

    /// A trial account may text this number.
    public void verify(String number) {
        desk.verify(number);
    }

    /// A person sends a text to our number.
    public CompletableFuture<WebhookReply> receiveSms(String from, String body) {
        return receiveSms(from, body, Signing.RIGHT);
    }

    public CompletableFuture<WebhookReply> receiveSms(String from, String body, Signing signing) {
        desk.noteKeyword(from, body);
        String url =
                settings.smsUrl()
                        .orElseThrow(() -> new IllegalStateException("no SMS URL is configured"));
        var form = new LinkedHashMap<String, String>();
        String sid = Sids.random("SM");
        form.put("MessageSid", sid);
        form.put("SmsSid", sid);
        form.put("SmsMessageSid", sid);
        form.put("SmsStatus", "received");
        form.put("AccountSid", network.settings().accountSid());
        form.put("ApiVersion", "2010-04-01");
        form.put("From", from);
        form.put("To", network.settings().number());
        form.put("Body", body);
        form.put("NumMedia", "0");
        form.put("NumSegments", "1");
        return network.webhooks()
                .send(new WebhookClient.Request("POST", url, form, false, signing))
                .toCompletionStage()
                .toCompletableFuture();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpServerRequest request) {
        request.body()
                .onSuccess(body ->
                        route(request, body.toString(StandardCharsets.UTF_8))
                                .onSuccess(answer -> send(request.response(), answer)));
    }

    /// A future that never completes is a request that is never answered.
    private Future<RestAnswer> route(HttpServerRequest request, String body) {
        String account = "/2010-04-01/Accounts/" + network.settings().accountSid() + "/";
        if (!isAuthenticated(request)) {
            return answer(RestError.AUTHENTICATE);
        }
        String path = String.valueOf(request.path());
        if (path.equals(account.replaceFirst("/$", ".json"))) {
            // A standard key may not look at the account itself.
            return isKey(request)
                    ? answer(RestError.AUTHENTICATE)
                    : Future.succeededFuture(numbers.account());
        }
        if (path.startsWith(account + "Recordings/")) {
            return Future.succeededFuture(
                    recordings.answer(
                            String.valueOf(request.method()),
                            path.substring(account.length() + "Recordings/".length())));
        }
        if (!path.startsWith(account) || !path.endsWith(".json")) {
            return answer(RestError.NOT_FOUND);
        }
        String resource = path.substring(account.length(), path.length() - ".json".length());
        Map<String, String> form = Form.decode(body);
        return switch (request.method() + " " + resource.replaceAll("/.*", "/")) {
            case "POST Messages" -> create(request, form);
            case "GET Messages" -> Future.succeededFuture(list(request));
            case "GET Messages/" -> Future.succeededFuture(show(resource));
            case "GET Calls/" -> Future.succeededFuture(calls.show(lastOf(resource)));
            case "POST Calls/" -> calls.update(lastOf(resource), form);
            case "GET IncomingPhoneNumbers" ->
                    Future.succeededFuture(numbers.list(request.getParam("PhoneNumber", "")));
            case "GET IncomingPhoneNumbers/" ->
                    Future.succeededFuture(numbers.show(lastOf(resource)));
            case "POST IncomingPhoneNumbers/" ->
                    Future.succeededFuture(numbers.update(lastOf(resource), form));
            default -> answer(RestError.NOT_FOUND);
        };
    }

    private Future<RestAnswer> create(HttpServerRequest request, Map<String, String> form) {
        createRequests.incrementAndGet();
        Optional<RestError> refusal = desk.refusal(form);
        if (refusal.isPresent()) {
            return answer(refusal.get());
        }
        Queue<MessageFault> line = faults.get(form.getOrDefault("To", ""));
        MessageFault fault = line == null ? null : line.poll();
        return switch (fault) {
            case null -> created(desk.accept(form, Optional.empty()));
            case MessageFault.Undelivered(int code) ->
                    created(desk.accept(form, Optional.of(code)));
            case MessageFault.Refused(RestError error) -> answer(error);
            case MessageFault.ServerError(int status, boolean stored) -> {
                if (stored) {
                    desk.accept(form, Optional.empty());
                }
                yield Future.succeededFuture(new RestAnswer(status, "upstream error"));
            }
            case MessageFault.Silence(Duration until, boolean stored) -> {
                if (stored) {
                    desk.accept(form, Optional.empty());
                }
                vertx.setTimer(Math.max(1, until.toMillis()), _ -> request.connection().close());
                yield Future.future(_ -> {});
            }
        };
    }

    private RestAnswer list(HttpServerRequest request) {
        String to = request.getParam("To", "");
        String from = request.getParam("From", "");
        List<Message> found =
                messages().reversed().stream()
                        .filter(m -> to.isEmpty() || m.to().equals(to))
                        .filter(m -> from.isEmpty() || m.from().equals(Optional.of(from)))
                        .toList();
        return RestAnswer.list(found, network.settings().accountSid(), request.uri());
    }

    private RestAnswer show(String resource) {
        return desk.messages()
                .get(lastOf(resource))
                .map(message -> RestAnswer.of(200, message, network.settings().accountSid()))
                .orElse(RestAnswer.of(RestError.NOT_FOUND));
    }

    private Future<RestAnswer> created(Message message) {
        return Future.succeededFuture(RestAnswer.of(201, message, network.settings().accountSid()));
    }

    private static Future<RestAnswer> answer(RestError error) {
        return Future.succeededFuture(RestAnswer.of(error));
    }

    private boolean isAuthenticated(HttpServerRequest request) {
        String given = request.getHeader("Authorization");
        var account = network.settings();
        return basic(account.accountSid() + ":" + account.authToken()).equals(given)
                || isKey(request);
    }

    private boolean isKey(HttpServerRequest request) {
        String key = settings.apiKeySid().orElse("") + ":" + settings.apiKeySecret().orElse("");
        return settings.apiKeySid().isPresent()
                && basic(key).equals(request.getHeader("Authorization"));
    }

    private static String basic(String credentials) {
        byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static String lastOf(String resource) {
        return resource.substring(resource.indexOf('/') + 1);
    }

    private static void send(HttpServerResponse response, RestAnswer answer) {
        boolean json = answer.body().startsWith("{");
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", json ? "application/json" : "text/plain")
                .putHeader("Twilio-Request-Id", Sids.random("RQ"));
        if (answer.status() == RestError.TOO_MANY_REQUESTS.status()) {
            response.putHeader("Retry-After", "1");
        }
        response.end(answer.body());
    }
}
