package org.telephonystack.frontdoor.wiring;

import org.telephonystack.frontdoor.twiml.PublicAddresses;
import org.telephonystack.frontdoor.twiml.Texts;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.settings.Environment;
import org.telephonystack.model.twilio.PublicUrl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The environment variables this service needs; [#check] names every problem before anything starts.
record FrontdoorEnvironment(Environment variables) {

    /// All variables read here.
    static final List<String> NAMES =
            List.of(
                    "PUBLIC_BASE_URL",
                    "FRONTDOOR_PUBLIC_URL",
                    "STREAM_PUBLIC_URL",
                    "ACTION_PUBLIC_URL",
                    "ACTION_INTERNAL_URL",
                    "TWILIO_AUTH_TOKEN",
                    "TWILIO_AUTH_TOKEN_NEXT",
                    "TICKET_SECRET",
                    "TICKET_SECRET_NEXT",
                    "SERVICE_SECRET",
                    "SERVICE_SECRET_NEXT");

    private static final int SECRET_LENGTH = 32;
    private static final String A_SECRET =
            "at least 32 random characters, the same for all services (openssl rand -hex 32)";

    /// @return one line per problem; none where the service can start
    List<String> check() {
        Stream.of("FRONTDOOR_PUBLIC_URL", "STREAM_PUBLIC_URL", "ACTION_PUBLIC_URL")
                .forEach(this::checkPublicUrl);
        variables
                .require(
                        "ACTION_INTERNAL_URL",
                        "tell action of calls and to ask it what to do",
                        "the address of action inside, http://action:8080",
                        PublicUrl::new)
                .require(
                        "TWILIO_AUTH_TOKEN",
                        "check that requests come from Twilio",
                        "the auth token of your Twilio account",
                        _ -> {})
                .require(
                        "TICKET_SECRET",
                        "sign stream tickets",
                        A_SECRET,
                        FrontdoorEnvironment::checkLength)
                .allow(
                        "TICKET_SECRET_NEXT",
                        "rotate TICKET_SECRET",
                        A_SECRET,
                        FrontdoorEnvironment::checkLength)
                .require(
                        "SERVICE_SECRET",
                        "be believed by action",
                        A_SECRET,
                        FrontdoorEnvironment::checkLength)
                .allow(
                        "SERVICE_SECRET_NEXT",
                        "rotate SERVICE_SECRET",
                        A_SECRET,
                        FrontdoorEnvironment::checkLength)
                .allow(
                        "TELEPHONY_LANGUAGE",
                        "choose the sentences Twilio speaks",
                        "en or es",
                        language -> Texts.in(language, Optional.empty()))
                .allow(
                        "TELEPHONY_HUMAN_NUMBER",
                        "put callers through when nothing else works",
                        "a number such as +14155550100",
                        PhoneNumber::new);
        return variables.problems();
    }

    PublicAddresses addresses() {
        return new PublicAddresses(
                publicUrl("FRONTDOOR_PUBLIC_URL"),
                publicUrl("STREAM_PUBLIC_URL"),
                publicUrl("ACTION_PUBLIC_URL"));
    }

    String actionUrl() {
        return new PublicUrl(required("ACTION_INTERNAL_URL")).base();
    }

    String serviceSecret() {
        return required("SERVICE_SECRET");
    }

    /// The one to write or send with first, then the one of a rotation.
    List<String> rotating(String name) {
        return Stream.concat(Stream.of(required(name)), variables.value(name + "_NEXT").stream())
                .toList();
    }

    private void checkPublicUrl(String name) {
        String purpose = "write into TwiML and check signatures with";
        String how = "https://your.host, as Twilio knows it; PUBLIC_BASE_URL serves for all three";
        if (variables.value(name).isPresent()) {
            variables.allow(name, purpose, how, PublicUrl::new);
        } else if (variables.problems().stream().noneMatch(it -> it.startsWith("PUBLIC_BASE"))) {
            variables.require("PUBLIC_BASE_URL", purpose, how, PublicUrl::new);
        }
    }

    private PublicUrl publicUrl(String name) {
        return new PublicUrl(variables.value(name).orElseGet(() -> required("PUBLIC_BASE_URL")));
    }

    private String required(String name) {
        return variables
                .value(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not set"));
    }

    private static void checkLength(String secret) {
        if (secret.strip().length() < SECRET_LENGTH) {
            throw new IllegalArgumentException("is shorter than 32 characters");
        }
    }
}
