package org.telephonystack.action.recording.twilio;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.recording.RecordingArchive;
import org.telephonystack.action.recording.RecordingSid;
import org.telephonystack.action.sms.CircuitBreaker;
import org.telephonystack.action.sms.twilio.TwilioAccount;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `Recordings/{sid}` of the account, never the URL that a callback names: the credentials go to Twilio and nowhere else.
///
/// @see <a href="https://www.twilio.com/docs/voice/api/recording">Recording resource</a> (2026-11)
public final class TwilioRecordings implements RecordingArchive {

    private final Vertx vertx;
    private final HttpClient files;
    private final WebClient client;
    private final TwilioAccount account;
    private final CircuitBreaker breaker;
    private final Duration timeout;

    /// @param files fetches; it follows no redirect by itself
    /// @param timeout for the whole recording
    public TwilioRecordings(
            Vertx vertx,
            HttpClient files,
            WebClient client,
            TwilioAccount account,
            CircuitBreaker breaker,
            Duration timeout) {
        this.vertx = vertx;
        this.files = files;
        this.breaker = breaker;
        this.client = client;
        this.account = account;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<Fetched> fetch(RecordingSid sid, Path into) {
        if (breaker.pauseLeft().isPresent()) {
            return CompletableFuture.completedFuture(new Fetched.NotNow(CircuitBreaker.AWAY));
        }
        return new Download(vertx, files, account, breaker, into)
                .start("Recordings/" + sid + ".wav", timeout);
    }

    @Override
    public CompletionStage<Deleted> delete(RecordingSid sid) {
        if (breaker.pauseLeft().isPresent()) {
            return CompletableFuture.completedFuture(new Deleted.NotNow(CircuitBreaker.AWAY));
        }
        return account.ask(
                        client.deleteAbs(account.resourceUrl("Recordings/" + sid + ".json"))
                                .timeout(account.readTimeout().toMillis()),
                        HttpRequest::send)
                .map(TwilioRecordings::deleted)
                .onFailure()
                .recoverWithItem(failure -> new Deleted.NotNow(failure.getClass().getSimpleName()))
                .invoke(deleted -> {
                    if (deleted instanceof Deleted.NotNow(var why)) {
                        breaker.heard(why);
                    } else {
                        breaker.answered();
                    }
                })
                .subscribeAsCompletionStage();
    }

    private static Deleted deleted(HttpResponse<Buffer> response) {
        return response.statusCode() == 204 || response.statusCode() == 404
                ? new Deleted.Gone()
                : new Deleted.NotNow("http_" + response.statusCode());
    }
}
