package org.telephonystack.simulator.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.model.ScriptedModel;
import org.telephonystack.simulator.phone.NetworkSettings;
import org.telephonystack.simulator.phone.TelephoneNetwork;
import org.telephonystack.simulator.rest.RestSettings;
import org.telephonystack.simulator.rest.TwilioRest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class CredentialsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "the-auth-token";
    private static final String NUMBER = "+18005550123";

    private final TelephoneNetwork network =
            new TelephoneNetwork(
                    VERTX,
                    NetworkSettings.of(
                            ACCOUNT, TOKEN, NUMBER, "https://old.example.com/voice-frontdoor"));
    private final TwilioRest twilio =
            TwilioRest.start(
                    VERTX, network, RestSettings.onAnyPort().apiKey("SK1", "the-key-secret"));
    private final ScriptedModel model =
            ScriptedModel.start(VERTX, "sk-right", ModelPace.quick(), 0);
    private final List<String> lines = new ArrayList<>();

    @AfterEach
    void close() {
        model.close();
        twilio.close();
        network.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void rightCredentialsAreGoodAndNothingIsChangedOrSent() {
        check(Map.of("TWILIO_API_KEY_SID", "SK1", "TWILIO_API_KEY_SECRET", "the-key-secret"));

        assertThat(lines)
                .contains(
                        "  ✓ Twilio takes TWILIO_AUTH_TOKEN",
                        "  ✓ Twilio takes TWILIO_API_KEY_SID",
                        "  ✓ TWILIO_PHONE_NUMBER is a number of the account",
                        "  ✓ OpenAI takes OPENAI_API_KEY and has the model gpt-realtime-2.1")
                .noneMatch(line -> line.startsWith("  ✗"));
        assertThat(twilio.createRequests()).isZero();
        assertThat(model.connections()).isEmpty();
    }

    @Test
    void eachWrongCredentialIsOneLineThatShowsNoValue() {
        check(
                Map.of(
                        "TWILIO_AUTH_TOKEN", "wrong-token",
                        "TWILIO_API_KEY_SID", "SK1",
                        "TWILIO_API_KEY_SECRET", "wrong-secret",
                        "OPENAI_API_KEY", "sk-wrong"));

        assertThat(lines)
                .filteredOn(line -> line.startsWith("  ✗"))
                .hasSize(3)
                .anyMatch(line ->
                        line.contains("refuses TWILIO_AUTH_TOKEN") && line.contains("error 20003"))
                .anyMatch(line -> line.contains("refuses TWILIO_API_KEY_SID"))
                .anyMatch(line -> line.contains("refuses OPENAI_API_KEY (HTTP 401)"));
        assertThat(lines.toString()).doesNotContain("wrong-token", "wrong-secret", "sk-wrong");
    }

    @Test
    void anotherAccountsNumberAndAnUnknownModelAreProblems() {
        check(Map.of("TWILIO_PHONE_NUMBER", "+18005550199", "TELEPHONY_MODEL_NAME", "gpt-9"));

        assertThat(lines)
                .anyMatch(
                        line -> line.contains("✗ TWILIO_PHONE_NUMBER is no number of this account"))
                .anyMatch(line -> line.contains("✗ OpenAI has no model gpt-9"));
    }

    @Test
    void aConsoleThatLeadsElsewhereIsMentioned() {
        check(Map.of("PUBLIC_BASE_URL", "https://new.example.com"));

        assertThat(lines)
                .anyMatch(line ->
                        line.contains("https://old.example.com/voice-frontdoor")
                                && line.contains("./telephony twilio configure"));
    }

    @Test
    void peersThatDoNotAnswerAreProblemsAndMissingVariablesAreNot() {
        check(
                Map.of(
                        "TWILIO_API_BASE_URL", "http://127.0.0.1:1",
                        "OPENAI_BASE_URL", "ws://127.0.0.1:1/v1",
                        "DATABASE_URL", "postgresql://a:b@127.0.0.1:1/c"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("  ✗"))
                .hasSize(3)
                .noneMatch(line -> line.contains("a:b"));

        lines.clear();
        new Credentials(new Variables(Map.of()), new Http(), new Findings(lines::add)).check();
        assertThat(lines).hasSize(3).noneMatch(line -> line.startsWith("  ✗"));
    }

    private void check(Map<String, String> more) {
        var variables =
                new HashMap<>(
                        Map.of(
                                "TWILIO_ACCOUNT_SID",
                                ACCOUNT,
                                "TWILIO_AUTH_TOKEN",
                                TOKEN,
                                "TWILIO_PHONE_NUMBER",
                                NUMBER,
                                "TWILIO_API_BASE_URL",
                                twilio.baseUrl() + "/",
                                "OPENAI_API_KEY",
                                "sk-right",
                                "OPENAI_BASE_URL",
                                model.baseUrl()));
        variables.putAll(more);
        try (var http = new Http()) {
            new Credentials(new Variables(variables), http, new Findings(lines::add)).check();
        }
    }
}
