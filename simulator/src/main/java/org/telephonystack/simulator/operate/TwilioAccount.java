package org.telephonystack.simulator.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.telephonystack.simulator.webhook.Form;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// Twilio's REST API as far as an operator needs it: the account, its numbers and their console fields.
///
/// @param base `https://api.twilio.com`, or a simulator
/// @param user the account's SID with its auth token, or an API key's SID with its secret
record TwilioAccount(Http http, String base, String accountSid, String user, String password) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param problem empty if there is none
    record Reply(int status, JsonNode json, String problem) {
        boolean isOk() {
            return problem.isEmpty();
        }
    }

    /// The account's own credentials, or those of a key where one is set.
    static TwilioAccount of(Variables variables, Http http, boolean preferKey) {
        boolean key = preferKey && variables.get("TWILIO_API_KEY_SID").isPresent();
        String account = variables.get("TWILIO_ACCOUNT_SID", "");
        return new TwilioAccount(
                http,
                variables
                        .get("TWILIO_API_BASE_URL", "https://api.twilio.com")
                        .replaceFirst("/+$", ""),
                account,
                key ? variables.get("TWILIO_API_KEY_SID", "") : account,
                variables.get(key ? "TWILIO_API_KEY_SECRET" : "TWILIO_AUTH_TOKEN", ""));
    }

    TwilioAccount withToken(String token) {
        return new TwilioAccount(http, base, accountSid, accountSid, token);
    }

    Reply account() {
        return send(request(".json").GET().build());
    }

    /// @return the list with one entry, or none
    Reply number(String phoneNumber) {
        String query = Form.encode(Map.of("PhoneNumber", phoneNumber));
        return send(request("/IncomingPhoneNumbers.json?" + query).GET().build());
    }

    Reply update(String numberSid, Map<String, String> fields) {
        return send(
                request("/IncomingPhoneNumbers/" + numberSid + ".json")
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofString(Form.encode(fields)))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        String credentials =
                Base64.getEncoder()
                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return Http.to(base + "/2010-04-01/Accounts/" + accountSid + path)
                .header("Authorization", "Basic " + credentials)
                .header("Accept", "application/json");
    }

    private Reply send(HttpRequest request) {
        Http.Answer answer = http.send(request);
        JsonNode json = read(answer.text());
        if (answer.status() == 200) {
            return new Reply(200, json, "");
        }
        String problem =
                answer.status() == 0
                        ? answer.text()
                        : "HTTP "
                                + answer.status()
                                + (json.has("code") ? ", error " + json.path("code").asText() : "");
        return new Reply(answer.status(), json, problem);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return JSON.missingNode();
        }
    }

    /// Holds a password.
    @Override
    public String toString() {
        return "TwilioAccount[" + base + ", " + accountSid + "]";
    }
}
