package org.telephonystack.action.sms.twilio;

import java.time.Duration;
import java.util.Optional;

/// How we speak to Twilio's REST API.
///
/// @param baseUrl without a slash at the end
/// @param user the API key's SID, or the account's
/// @param password the API key's secret, or the auth token
/// @param from the number we send from; not used where there is a messaging service
/// @param statusCallback where Twilio reports the delivery
/// @param validity after this long Twilio itself drops a text it could not deliver
/// @param readTimeout how long the whole answer may take
public record TwilioAccount(
        String baseUrl,
        String accountSid,
        String user,
        String password,
        Optional<String> from,
        Optional<String> messagingServiceSid,
        String statusCallback,
        Duration validity,
        Duration readTimeout) {

    String messagesUrl() {
        return resourceUrl("Messages.json");
    }

    /// @param path below the account: `Calls/CA….json`
    public String resourceUrl(String path) {
        return baseUrl + "/2010-04-01/Accounts/" + accountSid + "/" + path;
    }

    @Override
    public String toString() {
        return "TwilioAccount " + accountSid;
    }
}
