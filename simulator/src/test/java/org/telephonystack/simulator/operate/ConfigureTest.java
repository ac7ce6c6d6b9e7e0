package org.telephonystack.simulator.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.phone.NetworkSettings;
import org.telephonystack.simulator.phone.TelephoneNetwork;
import org.telephonystack.simulator.rest.RestSettings;
import org.telephonystack.simulator.rest.TwilioRest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ConfigureTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String NUMBER = "+18005550123";
    private static final String OLD = "https://old.example.com/functions/v1/voice-frontdoor";

    private final TelephoneNetwork network =
            new TelephoneNetwork(
                    VERTX,
                    NetworkSettings.of("AC00000000000000000000000000000001", "t0ken", NUMBER, OLD));
    private final TwilioRest twilio =
            TwilioRest.start(VERTX, network, RestSettings.onAnyPort().apiKey("SK1", "s3cret"));
    private final List<String> lines = new ArrayList<>();

    @AfterEach
    void close() {
        twilio.close();
        network.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aDryRunShowsTheDifferenceAndChangesNothing() throws IOException {
        int code = run(NUMBER, "--base-url", "https://phone.example.com/", "--dry-run");

        assertThat(code).isZero();
        assertThat(lines)
                .contains(
                        "  - voice_url              " + OLD,
                        "  + voice_url              https://phone.example.com/voice-frontdoor#ct=2000&rt=5000&rc=2&rp=ct,rt,5xx",
                        "  - voice_fallback_url     (empty)",
                        "    voice_method           POST",
                        "  + sms_url                https://phone.example.com/voice-action#rc=3&rp=all",
                        "Dry run: nothing was changed.");
        assertThat(twilio.number()).containsEntry("voice_url", OLD);
    }

    @Test
    void callsStatusAndTextsAreSetAndTheSecondTimeThereIsNothingToDo() throws IOException {
        assertThat(run(NUMBER, "--base-url", "https://phone.example.com")).isZero();

        assertThat(lines).last().isEqualTo("Changed.");
        assertThat(twilio.number())
                .containsEntry(
                        "voice_url",
                        "https://phone.example.com/voice-frontdoor#ct=2000&rt=5000&rc=2&rp=ct,rt,5xx")
                .containsEntry(
                        "voice_fallback_url", "https://phone.example.com/voice-frontdoor/fallback")
                .containsEntry(
                        "status_callback", "https://phone.example.com/voice-action#rc=3&rp=all")
                .containsEntry("sms_url", "https://phone.example.com/voice-action#rc=3&rp=all");
        lines.clear();
        assertThat(run(NUMBER, "--base-url", "https://phone.example.com")).isZero();
        assertThat(lines).last().isEqualTo("Nothing to change.");
    }

    /// Whoever has an inbox of their own behind the number.
    @Test
    void textsAreLeftAloneWhereThatIsAskedFor() throws IOException {
        assertThat(run(NUMBER, "--base-url", "https://phone.example.com", "--no-messages"))
                .isZero();

        assertThat(lines)
                .contains(
                        "Left alone: texts go to (nowhere); STOP and answers are heard at https://phone.example.com/voice-action only.");
        assertThat(twilio.number()).containsEntry("sms_url", "");
    }

    @Test
    void anApiKeyIsEnough() throws IOException {
        int code =
                Configure.run(
                        new String[] {"configure", NUMBER, "--base-url", "https://a.example.com"},
                        environment(
                                Map.of(
                                        "TWILIO_AUTH_TOKEN", "",
                                        "TWILIO_API_KEY_SID", "SK1",
                                        "TWILIO_API_KEY_SECRET", "s3cret")),
                        lines::add);

        assertThat(code).as(lines.toString()).isZero();
        assertThat(twilio.number().get("voice_url")).startsWith("https://a.example.com/");
    }

    @Test
    void aStrangersNumberAndAWrongTokenAreSaidAndNothingIsChanged() throws IOException {
        assertThat(run("+18005550199", "--base-url", "https://phone.example.com")).isEqualTo(1);
        assertThat(lines).last().isEqualTo("+18005550199 is no number of this account");

        int refused =
                Configure.run(
                        new String[] {"configure", NUMBER, "--base-url", "https://a.example.com"},
                        environment(Map.of("TWILIO_AUTH_TOKEN", "wrong")),
                        lines::add);
        assertThat(refused).isEqualTo(1);
        assertThat(lines).last().isEqualTo("Twilio refuses: HTTP 401, error 20003");
        assertThat(twilio.number()).containsEntry("voice_url", OLD);
    }

    @Test
    void wordsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> run("8005550123", "--base-url", "https://a.example.com"))
                .hasMessageContaining("+18005550123");
        assertThatThrownBy(() -> run(NUMBER, "--base-url", "phone.example.com"))
                .hasMessageContaining("--base-url");
        assertThatThrownBy(() -> run(NUMBER, "--base-url")).hasMessageContaining("needs a value");
    }

    private int run(String... words) throws IOException {
        var all = new ArrayList<>(List.of("configure"));
        all.addAll(List.of(words));
        return Configure.run(all.toArray(String[]::new), environment(Map.of()), lines::add);
    }

    private Map<String, String> environment(Map<String, String> more) {
        var environment =
                new HashMap<>(
                        Map.of(
                                "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
                                "TWILIO_AUTH_TOKEN", "t0ken",
                                "TWILIO_API_BASE_URL", twilio.baseUrl()));
        environment.putAll(more);
        return environment;
    }
}
