package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.script.Scenarios;
import org.telephonystack.simulator.stack.ServiceProcess;
import org.telephonystack.simulator.world.World;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The services as in production: JSON lines, people masked, a schema that is newer than they are, and a collector of spans that takes none.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperateIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RULES =
            Path.of("..", "k8s", "components", "monitoring", "prometheusrule.yaml");
    private static final String ROSALIND = "+14155550188";
    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();

    private World world;
    private CallRecord record;
    private String outcome;
    private String beforeAnyCall;
    private String outcomeBesideSilence;

    @BeforeAll
    void aCallOfAClientWhileTheCollectorIsInTrouble() {
        world =
                World.start(
                        Worlds.settings("operate")
                                .stack(stack -> {
                                    Worlds.prepare(stack, "operate");
                                    stack.environment("TELEPHONY_LOG_JSON", "true")
                                            .environment("TELEPHONY_LOG_PERSONAL_DATA", "masked");
                                }));
        beforeAnyCall =
                String.join(
                        "\n", world.stack().processes().stream().map(OperateIT::scrape).toList());
        var calls = new Calls(world);
        world.traces().answerWith(503);
        outcomeBesideSilence = aCallWhileTheCollectorIsSilent(calls);
        tomorrowsSchema(calls);
        record =
                calls.play(
                        ROSALIND,
                        Scenarios.booking("there"),
                        WAIT,
                        new CallerStep.Say("book"),
                        WAIT,
                        new CallerStep.Say("yes"),
                        WAIT,
                        new CallerStep.Say("thanks"),
                        new CallerStep.WaitForEnd());
        outcome = calls.outcome(record.callSid());
    }

    /// Until the loss of its spans is counted.
    private String aCallWhileTheCollectorIsSilent(Calls calls) {
        world.traces().answerAfter(Duration.ofHours(1));
        CallRecord call =
                calls.play(
                        Calls.newNumber(),
                        ModelScript.greeting(ModelStep.say("Goodbye!"), ModelStep.call("end_call")),
                        new CallerStep.WaitForEnd());
        String ended = calls.outcome(call.callSid());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> failedExports(world.stack().stream()) > 0);
        world.traces().answerAfter(Duration.ZERO);
        return ended;
    }

    /// What a later version's expanding migration leaves behind, under the jars of today: a rolled back deployment has to start and to
    /// work on it.
    private void tomorrowsSchema(Calls calls) {
        for (String table : List.of("bookings", "calls", "clients", "call_events", "tool_calls")) {
            calls.execute("alter table " + table + " add column later text default 'later'");
        }
        calls.execute("create table later (id bigint primary key)");
        calls.execute(
                "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success)"
                        + " select max(installed_rank) + 1, '900', 'later', 'SQL', 'V900__later.sql', 1, 'later', 1, true"
                        + " from flyway_schema_history");
        world.stack().restart(world.stack().action());
    }

    @AfterAll
    void stop() {
        Worlds.close(world);
    }

    @Test
    void aLineIsOneObjectWithTheLineVerbatimAndTheCallBesideIt() {
        for (ServiceProcess service : world.stack().processes()) {
            List<JsonNode> lines =
                    service.lines().stream()
                            .filter(line -> line.contains("CallSid: " + record.callSid()))
                            .map(OperateIT::json)
                            .toList();
            assertThat(lines)
                    .as(service.name())
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        assertThat(line.path("callSid").asText()).isEqualTo(record.callSid());
                        assertThat(line.path("traceId").asText()).isEqualTo(trace());
                        assertThat(line.path("message").asText()).startsWith("[");
                        assertThat(line.path("level").asText()).isNotEmpty();
                        assertThat(line.path("timestamp").asText()).startsWith("20");
                    });
        }
        assertThat(messages())
                .anyMatch(line ->
                        line.startsWith("[Stream] 🚀 Call Started | Caller: +1******0188 |"))
                .anyMatch(
                        line -> line.startsWith("[Stream] 👤 Client Identified | Client: R. Q. |"));
    }

    @Test
    void nobodysNumberNameOrWordsAreInAnyLine() {
        String everything =
                String.join(
                        "\n",
                        world.stack().processes().stream()
                                .flatMap(service -> service.lines().stream())
                                .toList());

        assertThat(everything).doesNotContain(ROSALIND, "Rosalind", "Quicksilver");
        new Calls(world)
                .rows("select content from call_turns where call_sid = ?", record.callSid())
                .forEach(turn -> assertThat(everything).doesNotContain(turn.get("content")));
    }

    @Test
    void theCallIsNotHarmedAndTheLostSpansAreCounted() {
        assertThat(outcome).isEqualTo("completed");
        assertThat(world.traces().traceIds()).isEmpty();
        for (ServiceProcess service : world.stack().processes()) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(scrape(service))
                                    .containsPattern(
                                            "telephony_trace_exports_failed_total(\\{[^}]*})? [1-9]")
                                    // Of one call nothing is too much for the queue.
                                    .containsPattern(
                                            "telephony_trace_spans_dropped_total(\\{[^}]*})? 0\\.0"));
        }
    }

    @Test
    void aCollectorThatNeverAnswersHarmsNoCallEither() {
        assertThat(outcomeBesideSilence).isEqualTo("completed");
    }

    private static double failedExports(ServiceProcess service) {
        return scrape(service)
                .lines()
                .filter(line -> line.startsWith("telephony_trace_exports_failed_total"))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .sum();
    }

    @Test
    void aPointOnAHistogramLeadsToTheCallsTrace() {
        assertThat(scrape(world.stack().stream()))
                .containsPattern(exemplar("telephony_context_lookup_seconds_bucket"))
                .containsPattern(exemplar("telephony_first_response_seconds_bucket"))
                // What the burn rates count with.
                .containsPattern("telephony_context_lookup_seconds_bucket\\{[^}]*le=\"0.1\"")
                .containsPattern("telephony_model_response_seconds_bucket\\{[^}]*le=\"0.8\"");
        assertThat(scrape(world.stack().frontdoor()))
                .containsPattern(exemplar("telephony_webhook_latency_seconds_bucket"));
        assertThat(scrape(world.stack().action()))
                .containsPattern(exemplar("telephony_tool_time_seconds_bucket"));
    }

    /// One that appears with its first event did not increase, and the alert would sleep through it.
    @Test
    void whatAlertsCountStandsAtZeroBeforeItHappens() throws IOException {
        List<String> counted =
                Pattern.compile("(?:increase|rate)\\((telephony_\\w+_total(?:\\{\\w+=\"\\w+\")?)")
                        .matcher(Files.readString(RULES))
                        .results()
                        .map(it -> it.group(1))
                        .distinct()
                        .toList();

        assertThat(counted).hasSizeGreaterThan(10);
        assertThat(counted)
                .allSatisfy(series -> {
                    String name = series.replaceFirst("\\{.*", "");
                    String label = series.substring(name.length()).replace("{", "");
                    assertThat(beforeAnyCall.lines())
                            .as(series)
                            .anyMatch(line ->
                                    line.startsWith(name)
                                            && line.contains(label)
                                            && line.endsWith(" 0.0"));
                });
    }

    /// Through a proxy that passes it on, nobody sees any more which paths are asked for.
    @Test
    void noServiceLetsItselfBeTakenToHttp2() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            for (ServiceProcess service : world.stack().processes()) {
                HttpRequest question =
                        HttpRequest.newBuilder(service.url())
                                .timeout(Duration.ofSeconds(30))
                                .build();
                assertThat(client.send(question, HttpResponse.BodyHandlers.discarding()).version())
                        .as(service.name())
                        .isEqualTo(HttpClient.Version.HTTP_1_1);
            }
        }
    }

    @Test
    void everyServiceSaysItsVersion() {
        for (ServiceProcess service : world.stack().processes()) {
            assertThat(
                            json(get(service, "/q/info", "application/json"))
                                    .at("/build/version")
                                    .asText())
                    .as(service.name())
                    .matches("\\d+\\.\\d+\\.\\d+.*");
        }
    }

    private String trace() {
        return CallTrace.of(new CallSid(record.callSid())).traceId();
    }

    private String exemplar(String series) {
        return series + "\\{[^}]*} \\S+ # \\{[^}]*trace_id=\"" + trace() + "\"";
    }

    private List<String> messages() {
        return world.stack().processes().stream()
                .flatMap(service -> service.lines().stream())
                .filter(line -> line.startsWith("{"))
                .map(line -> json(line).path("message").asText())
                .toList();
    }

    /// As Prometheus 3 asks.
    private static String scrape(ServiceProcess service) {
        return get(
                service,
                "/q/metrics",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
    }

    private static String get(ServiceProcess service, String path, String type) {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                            HttpRequest.newBuilder(service.managementUrl().resolve(path))
                                    .header("Accept", type)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
