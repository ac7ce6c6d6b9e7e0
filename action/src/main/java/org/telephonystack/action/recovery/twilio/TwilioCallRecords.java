package org.telephonystack.action.recovery.twilio;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.recovery.CallRecords;
import org.telephonystack.action.sms.CircuitBreaker;
import org.telephonystack.action.sms.twilio.TwilioAccount;
import org.telephonystack.model.CallSid;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `GET Calls/{sid}` and `Calls/{sid}/Recordings`.
///
/// @see <a href="https://www.twilio.com/docs/voice/api/call-resource">Call resource</a> (2026-11)
public final class TwilioCallRecords implements CallRecords {

    private final WebClient client;
    private final TwilioAccount account;
    private final CircuitBreaker breaker;

    public TwilioCallRecords(WebClient client, TwilioAccount account, CircuitBreaker breaker) {
        this.breaker = breaker;
        this.client = client;
        this.account = account;
    }

    @Override
    public CompletionStage<Found> find(CallSid callSid) {
        if (breaker.pauseLeft().isPresent()) {
            return CompletableFuture.completedFuture(new Found.Unavailable(CircuitBreaker.AWAY));
        }
        return account.ask(
                        client.getAbs(account.resourceUrl("Calls/" + callSid.value() + ".json"))
                                .timeout(account.readTimeout().toMillis()),
                        HttpRequest::send)
                .map(TwilioCallRecords::found)
                .onFailure()
                .recoverWithItem(
                        failure -> new Found.Unavailable(failure.getClass().getSimpleName()))
                .invoke(this::toBreaker)
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Recordings> recordingsOf(CallSid callSid) {
        if (breaker.pauseLeft().isPresent()) {
            return CompletableFuture.completedFuture(
                    new Recordings.Unavailable(CircuitBreaker.AWAY));
        }
        return account.ask(
                        client.getAbs(
                                        account.resourceUrl(
                                                "Calls/" + callSid.value() + "/Recordings.json"))
                                .timeout(account.readTimeout().toMillis()),
                        HttpRequest::send)
                .map(TwilioCallRecords::recordings)
                .onFailure()
                .recoverWithItem(
                        failure -> new Recordings.Unavailable(failure.getClass().getSimpleName()))
                .invoke(recordings -> {
                    if (recordings instanceof Recordings.Unavailable(var why)) {
                        breaker.heard(why);
                    } else {
                        breaker.answered();
                    }
                })
                .subscribeAsCompletionStage();
    }

    private static Recordings recordings(HttpResponse<Buffer> response) {
        if (response.statusCode() == 404) {
            return new Recordings.Known(List.of());
        }
        Optional<JsonObject> body = json(response);
        if (response.statusCode() != 200
                || body.isEmpty()
                || !(body.get().getValue("recordings") instanceof JsonArray listed)) {
            return new Recordings.Unavailable("http_" + response.statusCode());
        }
        var all = new ArrayList<Recording>();
        for (Object element : listed) {
            if (element instanceof JsonObject one) {
                all.add(
                        new Recording(
                                text(one, "sid").orElse(""),
                                text(one, "status").orElse(""),
                                text(one, "duration").orElse("0")));
            }
        }
        return new Recordings.Known(List.copyOf(all));
    }

    private void toBreaker(Found found) {
        if (found instanceof Found.Unavailable(var why)) {
            breaker.heard(why);
        } else {
            breaker.answered();
        }
    }

    private static Found found(HttpResponse<Buffer> response) {
        if (response.statusCode() == 404) {
            return new Found.NoSuchCall();
        }
        Optional<JsonObject> body = json(response);
        if (response.statusCode() != 200 || body.flatMap(json -> text(json, "status")).isEmpty()) {
            return new Found.Unavailable("http_" + response.statusCode());
        }
        JsonObject call = body.get();
        return new Found.Call(
                text(call, "status").orElse(""),
                text(call, "from"),
                text(call, "to"),
                text(call, "direction"),
                text(call, "duration"),
                text(call, "end_time").flatMap(TwilioCallRecords::instant));
    }

    private static Optional<Instant> instant(String rfc2822) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(rfc2822, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<JsonObject> json(HttpResponse<Buffer> response) {
        try {
            return Optional.ofNullable(response.bodyAsJsonObject());
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
