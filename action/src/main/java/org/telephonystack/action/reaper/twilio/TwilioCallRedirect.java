package org.telephonystack.action.reaper.twilio;

import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.reaper.CallRedirect;
import org.telephonystack.action.reaper.OrphanedCall;
import org.telephonystack.model.call.InternalApi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Updates a live call by REST. Asked twice it does the same as once, so it may be repeated.
///
/// @see <a href="https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource">Update a Call</a> (2026-11)
public final class TwilioCallRedirect implements CallRedirect {

    /// Not in progress any more.
    private static final String CALL_IS_OVER = "21220";

    private final WebClient client;
    private final Account account;
    private final String frontdoor;
    private final Duration limit;

    /// Whose calls they are, and how the API is reached.
    ///
    /// @param baseUrl without a slash at the end
    public record Account(String baseUrl, String accountSid, String user, String password) {

        @Override
        public String toString() {
            return "Account " + accountSid;
        }
    }

    /// @param frontdoor its public address, without a slash at the end
    /// @param limit for the whole answer
    public TwilioCallRedirect(WebClient client, Account account, String frontdoor, Duration limit) {
        this.client = client;
        this.account = account;
        this.frontdoor = frontdoor;
        this.limit = limit;
    }

    @Override
    public CompletionStage<Result> redirect(OrphanedCall call) {
        String url =
                frontdoor
                        + "/voice-frontdoor/after-stream?attempt="
                        + call.attempt()
                        + "&"
                        + InternalApi.REDIRECTED
                        + "=1";
        return client.postAbs(
                        account.baseUrl()
                                + "/2010-04-01/Accounts/"
                                + account.accountSid()
                                + "/Calls/"
                                + call.callSid()
                                + ".json")
                .basicAuthentication(account.user(), account.password())
                .timeout(limit.toMillis())
                .sendForm(MultiMap.caseInsensitiveMultiMap().add("Url", url).add("Method", "POST"))
                .map(response -> result(response.statusCode(), response.bodyAsString()))
                .onFailure()
                .recoverWithItem(Result.FAILED)
                .subscribeAsCompletionStage();
    }

    private static Result result(int status, String body) {
        if (status / 100 == 2) {
            return Result.REDIRECTED;
        }
        boolean over = status == 404 || String.valueOf(body).contains(CALL_IS_OVER);
        return over ? Result.OVER : Result.FAILED;
    }
}
