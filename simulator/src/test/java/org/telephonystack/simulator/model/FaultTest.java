package org.telephonystack.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.telephonystack.simulator.script.ModelStep.say;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.http.UpgradeRejectedException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;

class FaultTest extends ScriptedModelTest {

    private static final String BROKEN_CONNECTION = "null null";

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 503})
    void upgradesAreRefusedOnDemand(int status) {
        model.refuseUpgrades(status);

        assertRefused(status, this::connect);

        model.acceptUpgrades();
        connect().await("session.created");
        assertThat(model.violations()).isEmpty();
    }

    @Test
    void aWrongKeyAnUnknownModelAndAWrongPathAreRefused() {
        String path = "/v1/realtime?model=" + RealtimeClient.MODEL;

        assertRefused(401, () -> RealtimeClient.connect(vertx, model, "sk-other", path));
        assertRefused(
                404,
                () ->
                        RealtimeClient.connect(
                                vertx, model, RealtimeClient.KEY, "/v1/realtime?model=gpt-9"));
        assertRefused(
                404, () -> RealtimeClient.connect(vertx, model, RealtimeClient.KEY, "/realtime"));
        assertThat(model.violations()).hasSize(3);
    }

    @Test
    void aConnectionMayBreakMidAnswerAndTheNextOneCarriesOn() {
        model.script(
                MARIA, ModelScript.greeting(new ModelStep.DropMidAnswer("Hello Maria", false)));
        RealtimeClient first = callOf(MARIA).requestResponse();
        first.await("response.output_audio.delta");
        assertThat(first.awaitClose()).isEqualTo(BROKEN_CONNECTION);

        JsonNode done = callOf(MARIA).requestResponse().await("response.done");

        assertThat(done.at("/response/output/0/content/0/transcript").asText())
                .isEqualTo("Hello Maria");
    }

    @Test
    void whoStaysAwayBreaksEveryConnectionThatNamesTheCaller() {
        model.script(MARIA, ModelScript.greeting(new ModelStep.DropMidAnswer("Hello Maria", true)));
        callOf(MARIA).requestResponse().awaitClose();

        RealtimeClient next = connect();
        next.send(RealtimeClient.PHONE_SESSION.formatted(MARIA, true, true));

        assertThat(next.awaitClose()).isEqualTo(BROKEN_CONNECTION);
        callOf("somebody else").requestResponse().await("response.done");
    }

    @Test
    void aScriptMayStayAwayFromTheBeginning() {
        model.script(MARIA, ModelScript.greeting().with(ModelQuirk.STAY_AWAY));
        RealtimeClient client = connect();

        client.send(RealtimeClient.PHONE_SESSION.formatted(MARIA, true, true));

        assertThat(client.awaitClose()).isEqualTo(BROKEN_CONNECTION);
    }

    @Test
    void aSessionExpiresWithAnErrorAndACloseCode() {
        model.script(MARIA, ModelScript.greeting(new ModelStep.Expire(), say("Hello")));
        RealtimeClient client = callOf(MARIA).requestResponse();

        assertThat(client.awaitError()).isEqualTo("session_expired");
        assertThat(client.awaitClose()).isEqualTo("1001 session_expired");
        assertThat(model.violations()).isEmpty();
    }

    @Test
    void aStalledConnectionStaysOpenAndSaysNothing() {
        model.script(MARIA, ModelScript.greeting(say("Hello"), new ModelStep.Stall()));
        RealtimeClient client = callOf(MARIA).requestResponse();
        client.await("response.output_item.done");

        client.send("{\"type\":\"nonsense\"}");
        client.close();

        ModelConnection connection = model.connections().getFirst();
        assertThat(connection.sent("error")).isEmpty();
        assertThat(connection.sent("response.done")).isEmpty();
    }

    @Test
    void everyConnectionMayBreakAtOnce() {
        RealtimeClient client = callOf(MARIA);

        model.dropAll();

        assertThat(client.awaitClose()).isEqualTo(BROKEN_CONNECTION);
    }

    private static void assertRefused(int status, ThrowingCallable connecting) {
        assertThatThrownBy(connecting)
                .hasCauseInstanceOf(UpgradeRejectedException.class)
                .cause()
                .satisfies(cause ->
                        assertThat(((UpgradeRejectedException) cause).getStatus())
                                .isEqualTo(status));
    }
}
