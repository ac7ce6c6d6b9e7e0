package org.telephonystack.simulator.operate;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/// Whether Twilio, OpenAI and PostgreSQL know us. Only reads: nobody is texted, nothing is paid for.
record Credentials(Variables variables, Http http, Findings findings) {

    void check() {
        findings.title("Credentials (read-only requests)");
        twilio();
        openAi();
        database();
    }

    private void twilio() {
        Optional<String> missing = variables.missing("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN");
        if (missing.isPresent()) {
            findings.note("Twilio was not asked: " + missing.get() + " is not set");
            return;
        }
        TwilioAccount account = TwilioAccount.of(variables, http, false);
        token(account, "TWILIO_AUTH_TOKEN");
        variables
                .get("TWILIO_AUTH_TOKEN_NEXT")
                .ifPresent(next -> token(account.withToken(next), "TWILIO_AUTH_TOKEN_NEXT"));
        TwilioAccount rest = TwilioAccount.of(variables, http, true);
        if (!rest.user().equals(account.user())) {
            say("TWILIO_API_KEY_SID", rest.number(variables.get("TWILIO_PHONE_NUMBER", "")));
        }
        variables.get("TWILIO_PHONE_NUMBER").ifPresent(number -> number(rest, number));
    }

    private void token(TwilioAccount account, String variable) {
        TwilioAccount.Reply reply = account.account();
        String status = reply.json().path("status").asText();
        if (reply.isOk() && !status.equals("active")) {
            findings.problem("Twilio: the account is " + status + ": it neither calls nor texts");
            return;
        }
        say(variable, reply);
        if (reply.json().path("type").asText().equals("Trial")) {
            findings.note("Twilio: a trial account texts verified numbers only");
        }
    }

    private void say(String variable, TwilioAccount.Reply reply) {
        if (reply.isOk()) {
            findings.good("Twilio takes " + variable);
        } else if (reply.status() == 401 || reply.status() == 404) {
            findings.problem(
                    "Twilio refuses "
                            + variable
                            + " for this TWILIO_ACCOUNT_SID ("
                            + reply.problem()
                            + "): compare both with the console");
        } else {
            findings.problem("Twilio did not answer for " + variable + ": " + reply.problem());
        }
    }

    private void number(TwilioAccount account, String number) {
        TwilioAccount.Reply reply = account.number(number);
        JsonNode found = reply.json().at("/incoming_phone_numbers/0");
        if (!reply.isOk()) {
            return;
        }
        if (found.isMissingNode()) {
            findings.problem(
                    "TWILIO_PHONE_NUMBER is no number of this account: set one that is, or texts fail with 21606");
            return;
        }
        findings.good("TWILIO_PHONE_NUMBER is a number of the account");
        if (!found.at("/capabilities/sms").asBoolean(true)) {
            findings.problem("TWILIO_PHONE_NUMBER cannot send texts");
        }
        console(number, found);
    }

    /// What stands in the console against what the services are told: a difference is a 403 for every call.
    private void console(String number, JsonNode found) {
        Optional<String> base = variables.publicUrl("FRONTDOOR");
        String voiceUrl = found.path("voice_url").asText();
        if (base.isEmpty() || voiceUrl.startsWith(base.get() + "/")) {
            return;
        }
        findings.note(
                "the console's voice URL of "
                        + number
                        + " is "
                        + (voiceUrl.isEmpty() ? "empty" : voiceUrl)
                        + ", which is not below "
                        + base.get()
                        + ": ./telephony twilio configure "
                        + number
                        + " --base-url "
                        + base.get()
                        + " --dry-run shows what it would change");
    }

    private void openAi() {
        Optional<String> key = variables.get("OPENAI_API_KEY");
        if (key.isEmpty()) {
            findings.note("OpenAI was not asked: OPENAI_API_KEY is not set");
            return;
        }
        String model = variables.get("TELEPHONY_MODEL_NAME", "gpt-realtime-2.1");
        String base = httpOf(variables.get("OPENAI_BASE_URL", "https://api.openai.com/v1"));
        Http.Answer answer =
                http.send(
                        Http.to(base + "/models/" + model)
                                .header("Authorization", "Bearer " + key.get())
                                .GET()
                                .build());
        switch (answer.status()) {
            case 200 -> findings.good("OpenAI takes OPENAI_API_KEY and has the model " + model);
            case 401, 403 ->
                    findings.problem(
                            "OpenAI refuses OPENAI_API_KEY (HTTP "
                                    + answer.status()
                                    + "): set a key of a project that may use the Realtime API");
            case 404 ->
                    findings.problem(
                            "OpenAI has no model "
                                    + model
                                    + " for this key: set TELEPHONY_MODEL_NAME, or OPENAI_BASE_URL with its /v1");
            case 0 -> findings.problem("OpenAI did not answer at " + base + ": " + answer.text());
            default -> findings.problem("OpenAI answered HTTP " + answer.status());
        }
    }

    /// As stream reads it: `wss` is meant as `https`, and without a path `/v1`.
    private static String httpOf(String base) {
        String url = base.replaceFirst("^ws", "http").replaceFirst("(/realtime)?/*$", "");
        return url.matches("https?://[^/]+") ? url + "/v1" : url;
    }

    private void database() {
        Optional<String> url = variables.get("DATABASE_URL");
        if (url.isEmpty()) {
            return;
        }
        try (var connection = connect(URI.create(url.get()));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select to_regclass('business') is not null")) {
            boolean migrated = rows.next() && rows.getBoolean(1);
            findings.good("PostgreSQL takes DATABASE_URL");
            if (!migrated) {
                findings.note("the schema is not there yet: action makes it when it starts");
            }
        } catch (SQLException e) {
            findings.problem("PostgreSQL refuses DATABASE_URL: SQLSTATE " + e.getSQLState());
        } catch (IllegalArgumentException _) {
            findings.note("PostgreSQL was not asked: DATABASE_URL cannot be read");
        }
    }

    private static Connection connect(URI url) throws SQLException {
        String[] user = String.valueOf(url.getRawUserInfo()).split(":", 2);
        var properties = new Properties();
        properties.setProperty("user", decoded(user[0]));
        properties.setProperty("password", user.length > 1 ? decoded(user[1]) : "");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d%s%s"
                        .formatted(
                                url.getHost(),
                                url.getPort() < 0 ? 5432 : url.getPort(),
                                url.getRawPath(),
                                url.getRawQuery() == null ? "" : "?" + url.getRawQuery()),
                properties);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
