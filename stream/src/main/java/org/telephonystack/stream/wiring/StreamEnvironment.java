package org.telephonystack.stream.wiring;

import org.telephonystack.model.settings.DatabaseUrl;
import org.telephonystack.model.settings.Environment;
import org.telephonystack.model.twilio.PublicUrl;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/// What stream needs from its environment (the table in `docs/contracts.md`).
final class StreamEnvironment {

    private static final int SECRET_LENGTH = 32;
    private static final String AZURE_ENDPOINT = "AZURE_OPENAI_ENDPOINT";
    private static final String AZURE_KEY = "AZURE_OPENAI_API_KEY";
    private static final String AZURE_DEPLOYMENT = "AZURE_OPENAI_DEPLOYMENT";

    private StreamEnvironment() {}

    static Environment check(Environment environment) {
        checkPublicAddress(environment);
        checkSecrets(environment);
        checkOtherEndpoints(environment);
        return environment
                .require(
                        "ACTION_INTERNAL_URL",
                        "have tool calls carried out",
                        "where action answers inside, e.g. http://action:8080",
                        StreamEnvironment::url)
                .require(
                        "DATABASE_URL",
                        "know callers and keep what was said",
                        "postgresql://user:password@host:port/database",
                        DatabaseUrl::parse)
                .require(
                        "OPENAI_API_KEY",
                        "talk to the voice model",
                        "a key of the project, sk-...",
                        StreamEnvironment::plain)
                .allow(
                        "OPENAI_BASE_URL",
                        "talk to the voice model",
                        "https://api.openai.com/v1, or leave it out",
                        base -> url(base, "https?|wss?"));
    }

    /// Other endpoints of the voice model, for when the first fails.
    private static void checkOtherEndpoints(Environment environment) {
        environment.allow(
                "OPENAI_API_KEY_SECOND",
                "go on talking when the first key fails",
                "a key of another project or organisation, sk-...",
                StreamEnvironment::plain);
        List<String> azure = List.of(AZURE_ENDPOINT, AZURE_KEY, AZURE_DEPLOYMENT);
        if (azure.stream().allMatch(name -> environment.value(name).isEmpty())) {
            return;
        }
        String purpose = "go on talking at Azure when OpenAI fails";
        environment
                .require(
                        AZURE_ENDPOINT,
                        purpose,
                        "https://<resource>.openai.azure.com, or leave out all three",
                        base -> url(base, "https?|wss?"))
                .require(
                        AZURE_KEY,
                        purpose,
                        "a key of that resource, or leave out all three",
                        StreamEnvironment::plain)
                .require(
                        AZURE_DEPLOYMENT,
                        purpose,
                        "the name of the deployed realtime model, or leave out all three",
                        StreamEnvironment::plain);
    }

    /// Not fatal: what an operator who comes from the edge functions should know.
    static List<String> hints(Environment environment) {
        return Stream.of("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY")
                .filter(name -> environment.value(name).isPresent())
                .map(name ->
                        name
                                + " is no longer read: set DATABASE_URL to the database's connection string"
                                + " instead")
                .toList();
    }

    private static void checkPublicAddress(Environment environment) {
        String how = "the address that Twilio is told, e.g. https://phone.example.com";
        if (environment.value("STREAM_PUBLIC_URL").isPresent()) {
            environment.allow("STREAM_PUBLIC_URL", "check Twilio's signature", how, PublicUrl::new);
        } else {
            environment.require(
                    "PUBLIC_BASE_URL",
                    "check Twilio's signature (or STREAM_PUBLIC_URL)",
                    how,
                    PublicUrl::new);
        }
    }

    private static void checkSecrets(Environment environment) {
        String random = "a random text, e.g. `openssl rand -hex 32`";
        environment
                .require(
                        "TWILIO_AUTH_TOKEN",
                        "check Twilio's signature",
                        "the account's auth token",
                        StreamEnvironment::plain)
                .allow(
                        "TWILIO_AUTH_TOKEN_NEXT",
                        "rotate the auth token",
                        "the secondary auth token",
                        StreamEnvironment::plain)
                .require(
                        "TICKET_SECRET",
                        "know the streams that frontdoor announced",
                        random,
                        StreamEnvironment::secret)
                .allow(
                        "TICKET_SECRET_NEXT",
                        "rotate TICKET_SECRET",
                        "the new secret",
                        StreamEnvironment::secret)
                .require("SERVICE_SECRET", "be known to action", random, StreamEnvironment::secret);
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

    private static void url(String value, String schemes) {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no URL", e);
        }
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches(schemes)) {
            throw new IllegalArgumentException("is no URL of the right kind with a host");
        }
    }
}
