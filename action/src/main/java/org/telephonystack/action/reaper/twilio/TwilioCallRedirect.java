package org.telephonystack.action.reaper.twilio;

import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.reaper.CallRedirect;
import org.telephonystack.action.reaper.OrphanedCall;
import org.telephonystack.action.sms.twilio.TwilioAccount;
import org.telephonystack.model.call.InternalApi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Updates a live call by REST. Asked twice it does the same as once, so it may be repeated. No circuit breaker holds it back: a
/// caller waits in silence, and it is one request a call and lease.
///
/// @see <a href="https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource">Update a Call</a> (2026-11)
public final class TwilioCallRedirect implements CallRedirect {

    /// Not in progress any more.
    private static final String CALL_IS_OVER = "21220";

    private final WebClient client;
    private final TwilioAccount account;
    private final String frontdoor;
    private final Duration limit;

    /// @param frontdoor its public address, without a slash at the end
    /// @param limit for the whole answer
    public TwilioCallRedirect(
            WebClient client, TwilioAccount account, String frontdoor, Duration limit) {
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
        MultiMap form = MultiMap.caseInsensitiveMultiMap().add("Url", url).add("Method", "POST");
        return account.ask(
                        client.postAbs(account.resourceUrl("Calls/" + call.callSid() + ".json"))
                                .timeout(limit.toMillis()),
                        request -> request.sendForm(form))
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
