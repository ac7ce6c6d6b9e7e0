package org.telephonystack.action.recording.twilio;

import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.recording.RecordingArchive;
import org.telephonystack.action.recording.RecordingSid;
import org.telephonystack.action.sms.twilio.TwilioAccount;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// `Recordings/{sid}` of the account, never the URL that a callback names: the credentials go to Twilio and nowhere else.
///
/// @see <a href="https://www.twilio.com/docs/voice/api/recording">Recording resource</a> (2026-11)
public final class TwilioRecordings implements RecordingArchive {

    /// Ten minutes of 16 bit at 8 kHz, and no more than that in memory.
    private static final int LARGEST_BYTES = 10 * 1024 * 1024;

    private final WebClient client;
    private final TwilioAccount account;
    private final Duration timeout;

    /// @param timeout for the whole recording
    public TwilioRecordings(WebClient client, TwilioAccount account, Duration timeout) {
        this.client = client;
        this.account = account;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<Fetched> fetch(RecordingSid sid) {
        return client.getAbs(account.resourceUrl("Recordings/" + sid + ".wav"))
                .basicAuthentication(account.user(), account.password())
                .timeout(timeout.toMillis())
                .send()
                .map(TwilioRecordings::fetched)
                .onFailure()
                .recoverWithItem(failure -> new Fetched.NotNow(failure.getClass().getSimpleName()))
                .subscribeAsCompletionStage();
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
        return client.deleteAbs(account.resourceUrl("Recordings/" + sid + ".json"))
                .basicAuthentication(account.user(), account.password())
                .timeout(account.readTimeout().toMillis())
                .send()
                .map(TwilioRecordings::deleted)
                .onFailure()
                .recoverWithItem(failure -> new Deleted.NotNow(failure.getClass().getSimpleName()))
                .subscribeAsCompletionStage();
    }

    private static Deleted deleted(HttpResponse<Buffer> response) {
        return response.statusCode() == 204 || response.statusCode() == 404
                ? new Deleted.Gone()
                : new Deleted.NotNow("http_" + response.statusCode());
    }
}
