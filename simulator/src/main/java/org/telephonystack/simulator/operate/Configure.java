package org.telephonystack.simulator.operate;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// `./telephony twilio configure +1… --base-url https://… [--no-messages] [--dry-run] [--env FILE]`: shows what the number's console
/// fields are and what they ought to be, and sets them: calls, and the texts that people send back (STOP, answers).
public final class Configure {

    private static final String USAGE =
            "usage: ./telephony twilio configure NUMBER --base-url https://… [--no-messages] [--dry-run] [--env FILE]";

    private Configure() {}

    public static void main(String[] words) {
        int code;
        try {
            code = run(words, System.getenv(), System.out::println);
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            code = 2;
        }
        System.exit(code);
    }

    /// @param number E.164
    /// @param base of the public address, without a slash at the end
    /// @param messages whether texts to the number are to come to us
    private record Order(
            String number, String base, boolean messages, boolean dryRun, Optional<Path> envFile) {

        static Order of(String[] words) {
            var left = new ArrayDeque<>(List.of(words));
            String number = "";
            String base = "";
            boolean messages = true;
            boolean dryRun = false;
            Optional<Path> envFile = Optional.empty();
            if (!"configure".equals(left.poll())) {
                throw new IllegalArgumentException("what is Twilio to be told?");
            }
            while (!left.isEmpty()) {
                String word = left.pop();
                switch (word) {
                    case "--no-messages" -> messages = false;
                    case "--dry-run" -> dryRun = true;
                    case "--base-url" -> base = next(left, word);
                    case "--env" -> envFile = Optional.of(Path.of(next(left, word)));
                    default -> number = word;
                }
            }
            if (!number.matches("\\+[1-9]\\d{6,14}")) {
                throw new IllegalArgumentException("NUMBER has to be like +18005550123");
            }
            if (!base.matches("https?://[^/?#@]+(/[^?#]*)?")) {
                throw new IllegalArgumentException(
                        "--base-url has to be like https://phone.example.com");
            }
            return new Order(number, base.replaceFirst("/+$", ""), messages, dryRun, envFile);
        }

        private static String next(ArrayDeque<String> left, String option) {
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return left.pop();
        }
    }

    /// A field by its name in Twilio's answers and in a request to change it.
    private record Field(String name, String parameter, String wanted) {}

    static int run(String[] words, Map<String, String> environment, Consumer<String> out)
            throws IOException {
        Order order = Order.of(words);
        Variables variables = Variables.of(environment, order.envFile());
        Optional<String> missing = variables.missing("TWILIO_ACCOUNT_SID");
        if (missing.isEmpty() && variables.get("TWILIO_API_KEY_SID").isEmpty()) {
            missing = variables.missing("TWILIO_AUTH_TOKEN");
        }
        if (missing.isPresent()) {
            out.accept(missing.get() + " is not set");
            return 1;
        }
        try (var http = new Http()) {
            if (order.messages() && variables.get("TWILIO_MESSAGING_SERVICE_SID").isPresent()) {
                out.accept(
                        "TWILIO_MESSAGING_SERVICE_SID is set: a number in a Messaging Service asks its own webhook for texts only"
                                + " where the service's integration says \"Defer to sender's webhook\".");
            }
            return configure(order, TwilioAccount.of(variables, http, true), out);
        }
    }

    private static int configure(Order order, TwilioAccount account, Consumer<String> out) {
        TwilioAccount.Reply reply = account.number(order.number());
        JsonNode number = reply.json().at("/incoming_phone_numbers/0");
        if (!reply.isOk()) {
            out.accept("Twilio refuses: " + reply.problem());
            return 1;
        }
        if (number.isMissingNode()) {
            out.accept(order.number() + " is no number of this account");
            return 1;
        }
        out.accept(order.number() + " (" + number.path("sid").asText() + ")");
        boolean texts = order.messages() && number.at("/capabilities/sms").asBoolean(true);
        var fields = new ArrayList<>(calls(order.base()));
        if (texts) {
            fields.addAll(messages(order.base()));
        }
        Map<String, String> changes = difference(fields, number, out);
        warn(number, order.base(), texts, out);
        if (changes.isEmpty()) {
            out.accept("Nothing to change.");
            return 0;
        }
        if (order.dryRun()) {
            out.accept("Dry run: nothing was changed.");
            return 0;
        }
        TwilioAccount.Reply changed = account.update(number.path("sid").asText(), changes);
        if (!changed.isOk()) {
            out.accept("Not changed; Twilio refuses: " + changed.problem());
            return 1;
        }
        out.accept("Changed.");
        return 0;
    }

    /// Behind `#`: what tells Twilio how often to try again (docs/first-real-call.md).
    private static List<Field> calls(String base) {
        return List.of(
                new Field(
                        "voice_url",
                        "VoiceUrl",
                        base + "/voice-frontdoor#ct=2000&rt=5000&rc=2&rp=ct,rt,5xx"),
                new Field("voice_method", "VoiceMethod", "POST"),
                new Field(
                        "voice_fallback_url",
                        "VoiceFallbackUrl",
                        base + "/voice-frontdoor/fallback"),
                new Field("voice_fallback_method", "VoiceFallbackMethod", "POST"),
                new Field("status_callback", "StatusCallback", base + "/voice-action#rc=3&rp=all"),
                new Field("status_callback_method", "StatusCallbackMethod", "POST"));
    }

    private static List<Field> messages(String base) {
        return List.of(
                new Field("sms_url", "SmsUrl", base + "/voice-action#rc=3&rp=all"),
                new Field("sms_method", "SmsMethod", "POST"));
    }

    private static Map<String, String> difference(
            List<Field> fields, JsonNode number, Consumer<String> out) {
        var changes = new LinkedHashMap<String, String>();
        for (Field field : fields) {
            String now = number.path(field.name()).asText("");
            if (now.equals(field.wanted())) {
                out.accept("    %-22s %s".formatted(field.name(), now));
            } else {
                out.accept("  - %-22s %s".formatted(field.name(), now.isEmpty() ? "(empty)" : now));
                out.accept("  + %-22s %s".formatted(field.name(), field.wanted()));
                changes.put(field.parameter(), field.wanted());
            }
        }
        return changes;
    }

    private static void warn(JsonNode number, String base, boolean texts, Consumer<String> out) {
        if (!number.path("voice_application_sid").asText("").isEmpty()
                || !number.path("trunk_sid").asText("null").matches("|null")) {
            out.accept(
                    "The number belongs to a TwiML App or a SIP trunk: Twilio ignores its voice URL until it is taken out.");
        }
        String sms = number.path("sms_url").asText("");
        if (!number.path("sms_application_sid").asText("").isEmpty()) {
            out.accept(
                    "The number's texts belong to a TwiML App: Twilio ignores its sms_url until it is taken out.");
        }
        if (!texts && !sms.startsWith(base + "/voice-action")) {
            out.accept(
                    "Left alone: texts go to "
                            + (sms.isEmpty() ? "(nowhere)" : sms)
                            + "; STOP and answers are heard at "
                            + base
                            + "/voice-action only.");
        }
    }
}
