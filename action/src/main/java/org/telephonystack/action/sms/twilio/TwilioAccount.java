package org.telephonystack.action.sms.twilio;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// How we speak to Twilio's REST API.
///
/// @param baseUrl without a slash at the end
/// @param user the API key's SID, or the account's
/// @param password the API key's secret, or the auth token
/// @param nextPassword the auth token that is to follow, or has followed already: while tokens are rotated nobody knows which one counts
/// @param from the number we send from; not used where there is a messaging service
/// @param statusCallback where Twilio reports the delivery
/// @param validity after this long Twilio itself drops a text it could not deliver
/// @param readTimeout how long the whole answer may take
public record TwilioAccount(
        String baseUrl,
        String accountSid,
        String user,
        String password,
        Optional<String> nextPassword,
        Optional<String> from,
        Optional<String> messagingServiceSid,
        String statusCallback,
        Duration validity,
        Duration readTimeout) {

    private static final int UNAUTHORIZED = 401;

    String messagesUrl() {
        return resourceUrl("Messages.json");
    }

    /// @param path below the account: `Calls/CA….json`
    public String resourceUrl(String path) {
        return baseUrl + "/2010-04-01/Accounts/" + accountSid + "/" + path;
    }

    /// Makes one request, and one more with the other token where the first opens nothing: a 401 says that nothing was done.
    public Uni<HttpResponse<Buffer>> ask(
            HttpRequest<Buffer> request,
            Function<HttpRequest<Buffer>, Uni<HttpResponse<Buffer>>> send) {
        Uni<HttpResponse<Buffer>> first =
                send.apply(request.copy().basicAuthentication(user, password));
        return nextPassword
                .map(next ->
                        first.chain(answer ->
                                answer.statusCode() == UNAUTHORIZED
                                        ? send.apply(request.copy().basicAuthentication(user, next))
                                        : Uni.createFrom().item(answer)))
                .orElse(first);
    }

    /// `Authorization`, for requests that [#ask] cannot make: the next one only where the one before opens nothing.
    public List<String> authorizations() {
        return Stream.concat(Stream.of(password), nextPassword.stream())
                .map(each -> new UsernamePasswordCredentials(user, each).toHttpAuthorization())
                .toList();
    }

    @Override
    public String toString() {
        return "TwilioAccount " + accountSid;
    }
}
