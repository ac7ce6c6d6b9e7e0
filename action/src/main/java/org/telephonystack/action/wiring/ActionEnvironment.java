package org.telephonystack.action.wiring;

import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.settings.DatabaseUrl;
import org.telephonystack.model.settings.Environment;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What action needs from its environment (the table in `docs/contracts.md`).
final class ActionEnvironment {

    private static final int SECRET_LENGTH = 32;

    private ActionEnvironment() {}

    static Environment checkAll(Environment environment) {
        checkDatabase(environment);
        checkPublicAddress(environment);
        checkFrontdoor(environment);
        checkTwilio(environment);
        return environment
                .require(
                        "SERVICE_SECRET",
                        "know our own services",
                        "a random text, e.g. `openssl rand -hex 32`",
                        ActionEnvironment::secret)
                .allow(
                        "OPENAI_BASE_URL",
                        "have calls analysed",
                        "https://api.openai.com/v1, or leave it out",
                        ActionEnvironment::modelUrl)
                .allow(
                        "SERVICE_SECRET_NEXT",
                        "rotate SERVICE_SECRET",
                        "the new secret",
                        ActionEnvironment::secret);
    }

    static Environment checkDatabase(Environment environment) {
        return environment.require(
                "DATABASE_URL",
                "keep bookings and texts",
                "postgresql://user:password@host:port/database",
                DatabaseUrl::parse);
    }

    /// Not fatal: what an operator who comes from the edge functions should know.
    static List<String> hints(Environment environment) {
        return Stream.of("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY")
                .filter(name -> environment.value(name).isPresent())
                .map(name ->
                        name
                                + " is no longer read: set DATABASE_URL to the database's connection string instead")
                .toList();
    }

    private static void checkPublicAddress(Environment environment) {
        String how = "the address in Twilio's console, e.g. https://phone.example.com";
        if (environment.value("ACTION_PUBLIC_URL").isPresent()) {
            environment.allow(
                    "ACTION_PUBLIC_URL", "check Twilio's signature", how, ActionEnvironment::url);
        } else {
            environment.require(
                    "PUBLIC_BASE_URL",
                    "check Twilio's signature (or ACTION_PUBLIC_URL)",
                    how,
                    ActionEnvironment::url);
        }
    }

    /// Without it calls whose stream process died are not redirected.
    private static void checkFrontdoor(Environment environment) {
        environment.allow(
                "FRONTDOOR_PUBLIC_URL",
                "send calls to frontdoor whose stream process died (or PUBLIC_BASE_URL)",
                "frontdoor's address as Twilio knows it, e.g. https://phone.example.com",
                ActionEnvironment::url);
    }

    private static void checkTwilio(Environment environment) {
        environment
                .require(
                        "TWILIO_AUTH_TOKEN",
                        "check Twilio's signature",
                        "the account's auth token",
                        ActionEnvironment::plain)
                .allow(
                        "TWILIO_AUTH_TOKEN_NEXT",
                        "rotate the auth token",
                        "the secondary auth token",
                        ActionEnvironment::plain)
                .require(
                        "TWILIO_ACCOUNT_SID",
                        "send texts",
                        "the account's SID, AC and 32 hex digits",
                        matching("AC[0-9a-fA-F]{32}", "is no account SID"))
                .allow(
                        "TWILIO_API_BASE_URL",
                        "reach Twilio's REST API",
                        "https://api.twilio.com, or leave it out",
                        ActionEnvironment::url)
                .allow(
                        "TWILIO_PHONE_NUMBER",
                        "send texts",
                        "a number of the account in E.164, e.g. +14155550100",
                        number -> {
                            if (PhoneNumber.parse(number).isEmpty()) {
                                throw new IllegalArgumentException("is no E.164 number");
                            }
                        })
                .allow(
                        "TWILIO_MESSAGING_SERVICE_SID",
                        "send texts",
                        "a messaging service's SID, MG and 32 hex digits",
                        matching("MG[0-9a-fA-F]{32}", "is no messaging service SID"));
        if (environment.value("TWILIO_PHONE_NUMBER").isEmpty()
                && environment.value("TWILIO_MESSAGING_SERVICE_SID").isEmpty()) {
            environment.problem(
                    "TWILIO_PHONE_NUMBER and TWILIO_MESSAGING_SERVICE_SID are not set: one is needed to send texts;"
                            + " set TWILIO_PHONE_NUMBER to a number of the account in E.164");
        }
        if (environment.value("TWILIO_API_KEY_SID").isPresent()
                != environment.value("TWILIO_API_KEY_SECRET").isPresent()) {
            environment.problem(
                    "TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET are needed together: set both, or none to use the auth token");
        }
    }

    private static void secret(String value) {
        if (value.length() < SECRET_LENGTH) {
            throw new IllegalArgumentException("is shorter than " + SECRET_LENGTH + " characters");
        }
    }

    private static void plain(String value) {
        if (!value.strip().equals(value)) {
            throw new IllegalArgumentException("has blanks around it");
        }
    }

    private static void url(String value) {
        url(value, "https?");
    }

    /// The voice model's address, which may be written as a WebSocket's: stream reads it too.
    private static void modelUrl(String value) {
        url(value, "https?|wss?");
    }

    private static void url(String value, String schemes) {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no URL", e);
        }
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches(schemes)) {
            throw new IllegalArgumentException("is no http or https URL");
        }
    }

    private static Consumer<String> matching(String pattern, String problem) {
        Pattern compiled = Pattern.compile(pattern);
        return value -> {
            if (!compiled.matcher(value).matches()) {
                throw new IllegalArgumentException(problem);
            }
        };
    }
}
