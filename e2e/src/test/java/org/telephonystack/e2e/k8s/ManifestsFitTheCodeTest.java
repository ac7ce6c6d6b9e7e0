package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Ports, paths, probes, secrets and settings that the manifests name exist in the services.
class ManifestsFitTheCodeTest {

    private static final Pattern QUOTED = Pattern.compile("`([A-Z][A-Z0-9_]+)`");
    private static final Set<String> PUBLIC =
            Set.of(
                    "/voice-frontdoor",
                    "/functions/v1/voice-frontdoor",
                    "/voice-stream",
                    "/functions/v1/voice-stream",
                    "/voice-action",
                    "/functions/v1/voice-action");

    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void portsAreThoseOfTheService(String service) throws IOException {
        var properties = new Properties();
        properties.load(
                new StringReader(
                        Overlay.read(
                                Overlay.file(
                                        service + "/src/main/resources/application.properties"))));
        JsonNode ports = container(Overlay.PRODUCTION, service).path("ports");

        assertThat(port(ports, "http")).isEqualTo(properties.get("quarkus.http.port"));
        assertThat(port(ports, "management")).isEqualTo(properties.get("quarkus.management.port"));
        assertThat(properties).containsEntry("quarkus.management.enabled", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void probesAskTheHealthOfTheManagementPort(String service) {
        JsonNode container = container(Overlay.PRODUCTION, service);

        for (String probe : List.of("startupProbe", "livenessProbe")) {
            assertThat(container.path(probe).at("/httpGet/path").asText())
                    .isEqualTo("/q/health/live");
        }
        assertThat(container.at("/readinessProbe/httpGet/path").asText())
                .isEqualTo("/q/health/ready");
        assertThat(Overlay.read(Overlay.file(service + "/pom.xml")))
                .contains("quarkus-smallrye-health");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void everyVariableIsReadByTheService(String service) {
        String code = Overlay.codeOf(service);

        for (String name : variables(Overlay.PRODUCTION, service)) {
            assertThat(code.contains(name) || isSetting(name))
                    .as("%s of voice-%s", name, service)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyVariableAServiceCannotDoWithoutIsThere(Overlay overlay) {
        for (int column = 0; column < Overlay.SERVICES.size(); column++) {
            String service = Overlay.SERVICES.get(column);

            assertThat(variables(overlay, service)).as(service).containsAll(required(2 + column));
        }
    }

    @Test
    void onlyWhatTwilioCallsIsExposed() {
        List<String> ingress =
                Overlay.PRODUCTION
                        .objects("Ingress")
                        .flatMap(it -> each(it.at("/spec/rules")))
                        .flatMap(it -> each(it.at("/http/paths")))
                        .map(it -> it.path("path").asText())
                        .toList();
        List<String> routes =
                Overlay.PRODUCTION_GATEWAY
                        .objects("HTTPRoute")
                        .flatMap(it -> each(it.at("/spec/rules")))
                        .flatMap(it -> each(it.path("matches")))
                        .map(it -> it.at("/path/value").asText())
                        .toList();

        assertThat(ingress).containsExactlyInAnyOrderElementsOf(PUBLIC);
        assertThat(routes).containsExactlyInAnyOrderElementsOf(PUBLIC);
        assertThat(Overlay.PRODUCTION_GATEWAY.objects("Ingress")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void whatIsExposedIsServed(String service) {
        assertThat(Overlay.codeOf(service)).contains("/voice-" + service).contains("/functions/v1");
    }

    @ParameterizedTest
    @EnumSource
    void noPodCanDoMoreThanItNeeds(Overlay overlay) {
        Stream.of("Deployment", "Job")
                .flatMap(overlay::objects)
                .forEach(object -> {
                    JsonNode pod = object.at("/spec/template/spec");
                    JsonNode container = pod.at("/containers/0");

                    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
                    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
                    assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                            .isEqualTo("RuntimeDefault");
                    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                            .isTrue();
                    assertThat(
                                    container
                                            .at("/securityContext/allowPrivilegeEscalation")
                                            .asBoolean(true))
                            .isFalse();
                    assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                            .isEqualTo("ALL");
                    assertThat(container.at("/resources/limits").has("cpu")).isFalse();
                });
    }

    /// The root is read-only: what is written elsewhere fails, and only when the first message comes.
    @ParameterizedTest
    @EnumSource
    void whereAServiceWritesThereIsAVolume(Overlay overlay) {
        for (String service : Overlay.SERVICES) {
            JsonNode container = container(overlay, service);
            List<String> mounted =
                    each(container.path("volumeMounts"))
                            .filter(mount -> !mount.path("readOnly").asBoolean())
                            .map(mount -> mount.path("mountPath").asText())
                            .toList();
            List<String> folders =
                    each(container.path("env"))
                            .filter(it -> it.path("name").asText().endsWith("_FOLDER"))
                            .map(it -> it.path("value").asText())
                            .toList();

            assertThat(mounted).as(service).contains("/tmp").containsAll(folders);
        }
        assertThat(container(Overlay.LOCAL, "action").toString())
                .contains("TELEPHONY_RECORDING_FOLDER");
    }

    @ParameterizedTest
    @EnumSource
    void noSecretIsWrittenDown(Overlay overlay) {
        assertThat(overlay.objects("Secret")).isEmpty();
        overlay.objects("ConfigMap")
                .forEach(map ->
                        assertThat(map.path("data").properties())
                                .extracting(entry -> entry.getKey().toUpperCase(Locale.ROOT))
                                .noneMatch(name ->
                                        name.matches(
                                                ".*(SECRET|TOKEN|PASSWORD|API_KEY|DATABASE_URL).*")));
    }

    @Test
    void aJobMigratesWithACommandThatActionKnows() {
        JsonNode job = Overlay.PRODUCTION.object("Job", "voice-action-migration");
        String command = job.at("/spec/template/spec/containers/0/args/0").asText();

        assertThat(Overlay.codeOf("action")).contains(".equals(\"" + command + "\")");
    }

    private static JsonNode container(Overlay overlay, String service) {
        return overlay.deployment(service).at("/spec/template/spec/containers/0");
    }

    private static Set<String> variables(Overlay overlay, String service) {
        var names = new TreeSet<String>();
        JsonNode container = container(overlay, service);
        each(container.path("env")).forEach(it -> names.add(it.path("name").asText()));
        each(container.path("envFrom"))
                .map(it -> overlay.object("ConfigMap", it.at("/configMapRef/name").asText()))
                .forEach(map -> map.path("data").fieldNames().forEachRemaining(names::add));
        // In the secret every value has the name of its variable.
        each(container.path("env"))
                .filter(it -> it.at("/valueFrom/secretKeyRef/key").isTextual())
                .forEach(it ->
                        assertThat(it.at("/valueFrom/secretKeyRef/key"))
                                .isEqualTo(it.path("name")));
        return names;
    }

    /// `x` in the column of the table of `docs/configuration.md`.
    private static Set<String> required(int column) {
        var names = new TreeSet<String>();
        Overlay.read(Overlay.file("docs/configuration.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length > 5 && cells[column].strip().equals("x"))
                .forEach(cells -> {
                    var name = QUOTED.matcher(cells[1]);
                    if (name.find()) {
                        names.add(name.group(1));
                    }
                });
        assertThat(names).isNotEmpty();
        return names;
    }

    /// `TELEPHONY_LOG_PERSONAL_DATA` is the setting `telephony.log.personal-data`: settings that not every service has are
    /// no mistake.
    private static boolean isSetting(String variable) {
        String wanted = "`" + variable.toLowerCase(Locale.ROOT).replace('_', '-') + "`";
        return Overlay.read(Overlay.file("docs/configuration.md"))
                        .replace('.', '-')
                        .contains(wanted)
                || Set.of("ACTION_INTERNAL_URL").contains(variable);
    }

    private static String port(JsonNode ports, String name) {
        return each(ports)
                .filter(it -> it.path("name").asText().equals(name))
                .map(it -> it.path("containerPort").asText())
                .findFirst()
                .orElse("none");
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
