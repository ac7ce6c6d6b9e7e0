package org.telephonystack.action.recording.twilio;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.recording.RecordingArchive;
import org.telephonystack.action.recording.RecordingSid;
import org.telephonystack.action.sms.CircuitBreaker;
import org.telephonystack.action.sms.twilio.TwilioAccount;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `Recordings/{sid}` of the account, never the URL that a callback names: the credentials go to Twilio and nowhere else.
///
/// @see <a href="https://www.twilio.com/docs/voice/api/recording">Recording resource</a> (2026-11)
public final class TwilioRecordings implements RecordingArchive {

    /// Ten minutes of 16 bit at 8 kHz, and no more than that in memory.
    private static final int LARGEST_BYTES = 10 * 1024 * 1024;

    private static final int MOST_REDIRECTS = 3;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final WebClient client;
    private final TwilioAccount account;
    private final CircuitBreaker breaker;
    private final Duration timeout;

    /// @param timeout for the whole recording
    public TwilioRecordings(
            WebClient client, TwilioAccount account, CircuitBreaker breaker, Duration timeout) {
        this.breaker = breaker;
        this.client = client;
        this.account = account;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<Fetched> fetch(RecordingSid sid) {
        if (breaker.pauseLeft().isPresent()) {
            return CompletableFuture.completedFuture(new Fetched.NotNow(CircuitBreaker.AWAY));
        }
        return account.ask(
                        client.getAbs(account.resourceUrl("Recordings/" + sid + ".wav"))
                                .timeout(timeout.toMillis()),
                        HttpRequest::send)
                .chain(answer -> followed(answer, MOST_REDIRECTS))
                .map(TwilioRecordings::fetched)
                .onFailure()
                .recoverWithItem(failure -> new Fetched.NotNow(failure.getClass().getSimpleName()))
                .invoke(fetched -> {
                    if (fetched instanceof Fetched.NotNow(var why)) {
                        breaker.heard(why);
                    } else {
                        breaker.answered();
                    }
                })
                .subscribeAsCompletionStage();
    }

    /// The sound may be in a store of the account's own: Twilio sends us there, with a permit in the URL. Our credentials do not go
    /// along, wherever it is.
    private Uni<HttpResponse<Buffer>> followed(HttpResponse<Buffer> answer, int left) {
        String location = answer.getHeader("Location");
        if (left == 0
                || location == null
                || !REDIRECTS.contains(answer.statusCode())
                || !isAsSafeAsTwilio(location)) {
            return Uni.createFrom().item(answer);
        }
        return client.getAbs(location)
                .timeout(timeout.toMillis())
                .send()
                .chain(next -> followed(next, left - 1));
    }

    private boolean isAsSafeAsTwilio(String location) {
        return location.startsWith("https://")
                || (location.startsWith("http://") && account.baseUrl().startsWith("http://"));
    }

    /// 404: it may not be ready yet.
    private static Fetched fetched(HttpResponse<Buffer> response) {
        Buffer body = response.body();
        if (response.statusCode() != 200) {
            return new Fetched.NotNow("http_" + response.statusCode());
        }
        if (body == null || body.length() == 0) {
            return new Fetched.NotNow("empty");
        }
        return body.length() > LARGEST_BYTES
                ? new Fetched.Never("too_large")
                : new Fetched.Sound(body.getBytes());
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
