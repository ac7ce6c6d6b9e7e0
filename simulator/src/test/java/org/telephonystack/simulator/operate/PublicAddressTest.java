package org.telephonystack.simulator.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class PublicAddressTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final HopServer service = new HopServer(VERTX);
    private final Http http = new Http();

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatArrivesUnchangedIsGood() {
        List<String> lines = check(Map.of());

        assertThat(lines)
                .contains(
                        "  ✓ voice-frontdoor: "
                                + service.url()
                                + "/voice-frontdoor/fallback takes signed requests; path, query and body arrive unchanged")
                .anyMatch(line -> line.startsWith("  ✓ voice-action: "))
                .anyMatch(line -> line.startsWith("  ✓ voice-stream: ws://"))
                .noneMatch(line -> line.startsWith("  ✗"));
        assertThat(service.asked).noneMatch(asked -> asked.contains("CallSid"));
    }

    @Test
    void aServiceToldAnotherSchemeIsNamed() {
        service.base = service.url().replace("http://", "https://");

        assertThat(check(Map.of()))
                .anyMatch(line ->
                        line.startsWith("  ✗ voice-frontdoor: 403")
                                && line.contains("changes the scheme")
                                && line.contains("believed: https://"))
                .anyMatch(line ->
                        line.startsWith("  ✗ voice-stream: 403")
                                && line.contains("changes the scheme")
                                && line.contains("believed: wss://"));
    }

    @Test
    void aServiceToldAnotherHostIsNamedWhereTheEnvironmentKnowsIt() {
        service.base = "https://other.example.com";

        assertThat(check(Map.of("STREAM_PUBLIC_URL", "https://other.example.com/")))
                .anyMatch(line ->
                        line.startsWith("  ✗ voice-frontdoor: 403")
                                && line.contains("changes the host")
                                && line.contains("https://other.example.com"));
    }

    @Test
    void aPrefixThatAHopCutsOffIsNamed() {
        service.target = target -> target.replaceFirst("^/phone", "");

        assertThat(check(Map.of("PUBLIC_BASE_URL", service.url() + "/phone")))
                .anyMatch(line ->
                        line.startsWith("  ✗ voice-frontdoor: 403")
                                && line.contains("changes the path: the prefix /phone is cut off"));
    }

    @Test
    void aPrefixThatStandsTwiceIsNamed() {
        service.base = service.url() + "/phone";

        assertThat(check(Map.of("PUBLIC_BASE_URL", service.url() + "/phone")))
                .anyMatch(line ->
                        line.startsWith("  ✗ voice-action: 403")
                                && line.contains("the prefix /phone stands twice"));
    }

    @Test
    void aQueryThatAHopDecodesIsNamed() {
        service.target = target -> target.replace("%2B", "+").replace("%C3%A9", "é");

        assertThat(check(Map.of()))
                .anyMatch(line ->
                        line.startsWith("  ✗ voice-frontdoor: 403")
                                && line.contains("changes the query: the query is decoded"));
    }

    @Test
    void aBodyWhoseEmptyValuesAHopDropsIsNamed() {
        service.form =
                form -> {
                    var kept = new LinkedHashMap<>(form);
                    kept.values().removeIf(String::isEmpty);
                    return kept;
                };

        assertThat(check(Map.of()))
                .anyMatch(line ->
                        line.startsWith("  ✗ voice-frontdoor: 403")
                                && line.contains("changes the body: empty values are dropped"));
    }

    @Test
    void aServiceThatKnowsOnlyTheNextTokenIsNamed() {
        service.token = "the-next-one";

        assertThat(check(Map.of("TWILIO_AUTH_TOKEN_NEXT", "the-next-one")))
                .anyMatch(line ->
                        line.contains(
                                "403 for TWILIO_AUTH_TOKEN, but TWILIO_AUTH_TOKEN_NEXT is believed"));
    }

    @Test
    void aWrongTokenLeavesNoVariantAndNoTokenInTheOutput() {
        service.token = "somebody-elses";

        List<String> lines = check(Map.of());

        assertThat(lines).anyMatch(line -> line.contains("no variant of it is believed"));
        assertThat(lines.toString()).doesNotContain(HopServer.TOKEN);
        assertThat(service.asked).as("below what an alert would notice").hasSizeLessThan(60);
    }

    @Test
    void aRedirectIsNamedWithItsTarget() {
        service.status = 301;

        assertThat(check(Map.of()))
                .anyMatch(line ->
                        line.startsWith("  ✗ voice-frontdoor: ")
                                && line.contains("redirects to https://elsewhere.example.com/"));
    }

    @Test
    void aRouteThatLeadsElsewhereAndAnAddressWhereNobodyListensAreNamed() {
        service.status = 404;
        assertThat(check(Map.of()))
                .anyMatch(line -> line.contains("not led to the service (HTTP 404)"));

        assertThat(check(Map.of("PUBLIC_BASE_URL", "http://127.0.0.1:1")))
                .anyMatch(line -> line.contains("cannot be reached: nobody listens there"));
    }

    private List<String> check(Map<String, String> more) {
        var variables =
                new HashMap<>(
                        Map.of(
                                "PUBLIC_BASE_URL",
                                service.url(),
                                "TWILIO_AUTH_TOKEN",
                                HopServer.TOKEN));
        variables.putAll(more);
        var lines = new ArrayList<String>();
        new PublicAddress(new Variables(variables), http, new Findings(lines::add)).check();
        return lines;
    }
}
