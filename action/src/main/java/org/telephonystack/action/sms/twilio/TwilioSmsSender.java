package org.telephonystack.action.sms.twilio;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.sms.SmsSender;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import javax.net.ssl.SSLHandshakeException;

/// Sends by Twilio's Messages API. One request each, never repeated here: Twilio has no idempotency key, and its own Java
/// library repeats a POST on 5xx.
///
/// @see <a href="https://www.twilio.com/docs/messaging/api/message-resource">Message resource</a> (2026-11)
public final class TwilioSmsSender implements SmsSender {

    /// How far Twilio's clock and the database's may be apart.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    private final WebClient client;
    private final TwilioAccount account;

    public TwilioSmsSender(WebClient client, TwilioAccount account) {
        this.client = client;
        this.account = account;
    }

    @Override
    public CompletionStage<Result> send(String to, String body) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap().add("To", to).add("Body", body);
        account.messagingServiceSid()
                .ifPresentOrElse(
                        service -> form.add("MessagingServiceSid", service),
                        () -> form.add("From", account.from().orElse("")));
        form.add("StatusCallback", account.statusCallback());
        form.add("ValidityPeriod", String.valueOf(account.validity().toSeconds()));
        return account.ask(
                        client.postAbs(account.messagesUrl())
                                .timeout(account.readTimeout().toMillis()),
                        request -> request.sendForm(form))
                .map(TwilioSmsSender::result)
                .onFailure()
                .recoverWithItem(TwilioSmsSender::failure)
                .subscribeAsCompletionStage();
    }

    private static Result result(HttpResponse<Buffer> response) {
        int status = response.statusCode();
        Optional<JsonObject> answer = json(response);
        if (status / 100 == 2) {
            return answer.flatMap(json -> Optional.ofNullable(json.getString("sid")))
                    .<Result>map(sid -> new Result.Accepted(sid, response.bodyAsString()))
                    .orElseGet(() -> new Result.Unknown("answer_not_understood"));
        }
        if (status == 429) {
            return new Result.TryLater("rate", retryAfter(response));
        }
        // 409 may mean that it was processed before; everything that is no clear refusal may have
        // been.
        if (status / 100 != 4 || status == 408 || status == 409) {
            return new Result.Unknown("http_" + status);
        }
        int code = answer.map(json -> number(json, "code")).orElse(0);
        Remedy remedy = TwilioErrors.remedyOf(status, code);
        if (remedy == Remedy.OPERATOR && TwilioErrors.isAboutTheAccount(status, code)) {
            return new Result.TryLater(Result.TryLater.ACCOUNT, Optional.empty());
        }
        String message =
                answer.map(json -> json.getValue("message"))
                        .map(String::valueOf)
                        .orElse("Twilio answered " + status);
        return new Result.Refused(code, remedy, message);
    }

    /// Without a connection nothing was sent; whatever broke later may have been.
    private static Result failure(Throwable failure) {
        return failure instanceof ConnectException
                        || failure instanceof UnknownHostException
                        || failure instanceof SSLHandshakeException
                ? new Result.TryLater(Result.TryLater.NO_CONNECTION, Optional.empty())
                : new Result.Unknown(failure.getClass().getSimpleName());
    }

    @Override
    public CompletionStage<Lookup> find(String to, String body, Instant since) {
        return account.ask(
                        client.getAbs(account.messagesUrl())
                                .addQueryParam("To", to)
                                .addQueryParam("PageSize", "50")
                                .timeout(account.readTimeout().toMillis()),
                        HttpRequest::send)
                .map(response -> lookup(response, body, since.minus(CLOCK_SKEW)))
                .onFailure()
                .recoverWithItem(
                        failure -> new Lookup.Unavailable(failure.getClass().getSimpleName()))
                .subscribeAsCompletionStage();
    }

    private static Lookup lookup(HttpResponse<Buffer> response, String body, Instant since) {
        Optional<JsonObject> answer = json(response);
        if (response.statusCode() != 200
                || answer.isEmpty()
                || answer.get().getJsonArray("messages") == null) {
            return new Lookup.Unavailable("http_" + response.statusCode());
        }
        var sids = new ArrayList<String>();
        for (Object element : answer.get().getJsonArray("messages")) {
            // A trial account puts a sentence of Twilio's before the body.
            if (element instanceof JsonObject message
                    && String.valueOf(message.getValue("body")).endsWith(body)
                    && !String.valueOf(message.getValue("direction")).equals("inbound")
                    && !createdAt(message).isBefore(since)) {
                sids.add(String.valueOf(message.getValue("sid")));
            }
        }
        return new Lookup.Answered(List.copyOf(sids));
    }

    /// A date we cannot read counts as now: better to believe that it was sent than to send twice.
    private static Instant createdAt(JsonObject message) {
        try {
            return ZonedDateTime.parse(
                            String.valueOf(message.getValue("date_created")),
                            DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }

    private static Optional<JsonObject> json(HttpResponse<Buffer> response) {
        try {
            return Optional.ofNullable(response.bodyAsJsonObject());
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static int number(JsonObject json, String name) {
        return json.getValue(name) instanceof Number number ? number.intValue() : 0;
    }

    private static Optional<Duration> retryAfter(HttpResponse<Buffer> response) {
        String seconds = response.getHeader("Retry-After");
        if (seconds == null || !seconds.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(seconds));
        return Optional.of(wait.compareTo(LONGEST_RETRY_AFTER) < 0 ? wait : LONGEST_RETRY_AFTER);
    }
}
