package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// Our account at Twilio. `ActionMain` has checked the variables behind it.
@ConfigMapping(prefix = "telephony.twilio")
interface TwilioConfig {

    /// `ACTION_PUBLIC_URL`, else `PUBLIC_BASE_URL`: the address Twilio signs.
    Optional<String> publicUrl();

    /// `TWILIO_AUTH_TOKEN`.
    Optional<String> authToken();

    /// `TWILIO_AUTH_TOKEN_NEXT`: accepted as well during a rotation.
    Optional<String> authTokenNext();

    /// `TWILIO_ACCOUNT_SID`.
    Optional<String> accountSid();

    /// `TWILIO_API_KEY_SID`: for REST in place of the auth token, so that rotating that does not touch texts.
    Optional<String> apiKeySid();

    /// `TWILIO_API_KEY_SECRET`.
    Optional<String> apiKeySecret();

    /// `TWILIO_PHONE_NUMBER`.
    Optional<String> phoneNumber();

    /// `TWILIO_MESSAGING_SERVICE_SID`: where set, it chooses the sender.
    Optional<String> messagingServiceSid();

    /// `TWILIO_API_BASE_URL`.
    @WithDefault("https://api.twilio.com")
    String apiBaseUrl();

    /// How often Twilio repeats a report of a text that we did not take: connection overrides behind the URL's `#`. Empty: it
    /// does not.
    @WithDefault("rc=3&rp=all")
    Optional<String> callbackOverrides();

    /// To reach the API at all. Nothing was sent when it passes.
    @WithDefault("3s")
    Duration connectTimeout();

    /// Unanswered requests in a row after which texts wait and Twilio is left alone.
    @WithDefault("5")
    int breakerFailures();

    /// For so long; then one request tries again.
    @WithDefault("15s")
    Duration breakerPause();

    /// For the whole answer. Whether a text was sent is unknown when it passes.
    @WithDefault("10s")
    Duration readTimeout();
}
