package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What reaches a cluster is what was read: a change of `k8s/` shows in the golden files.
class RenderedOverlaysTest {

    /// Set by overlays.
    private static final Set<String> THE_OVERLAYS =
            Set.of("image", "configMapRef", "kubernetes.io/metadata.name");

    @ParameterizedTest
    @EnumSource
    void anOverlayRendersToItsGoldenFile(Overlay overlay) throws Exception {
        assumeThat(hasKubectl()).as("kubectl is here").isTrue();

        assertThat(Overlay.documents(kubectl("kustomize", overlay.source().toString())))
                .as(
                        "read the difference, then: kubectl kustomize %s > %s",
                        overlay.source(), overlay.golden())
                .containsExactlyInAnyOrderElementsOf(overlay.objects());
    }

    /// Also where there is no kubectl.
    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void whatTheBaseSaysIsInTheGoldenFile(String service) {
        for (String file :
                new String[] {
                    "deployment", "service", "serviceaccount", "hpa", "pdb", "networkpolicy"
                }) {
            Path source = Overlay.file("k8s/base/" + service + "/" + file + ".yaml");
            for (JsonNode object : Overlay.objectsIn(source)) {
                String kind = object.path("kind").asText();
                String name = object.at("/metadata/name").asText();
                assertHolds(Overlay.PRODUCTION.object(kind, name), object, kind + " " + name);
            }
        }
    }

    @Test
    void anOverlayDiffersFromAnother() {
        assertThat(Overlay.LOCAL.objects()).isNotEqualTo(Overlay.PRODUCTION.objects());
    }

    /// A component that no overlay has on is rendered all the same.
    @Test
    void recordingsStayWhereTheirComponentIsAdded(@TempDir Path folder) throws Exception {
        assumeThat(hasKubectl()).as("kubectl is here").isTrue();
        Path overlay = folder.toRealPath();
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: telephony
                resources: [%s]
                components: [%s]
                """
                        .formatted(
                                overlay.relativize(Overlay.PRODUCTION.source().toRealPath()),
                                overlay.relativize(
                                        Overlay.file("k8s/components/recordings").toRealPath())));

        List<JsonNode> objects = Overlay.documents(kubectl("kustomize", overlay.toString()));

        JsonNode claim = named(objects, "PersistentVolumeClaim", "telephony-recordings");
        JsonNode pod = named(objects, "Deployment", "voice-action").at("/spec/template/spec");
        JsonNode volume = entry(pod.path("volumes"), "recordings");
        assertThat(volume.at("/persistentVolumeClaim/claimName"))
                .isEqualTo(claim.at("/metadata/name"));
        assertThat(volume.has("emptyDir")).isFalse();
        assertThat(claim.at("/metadata/namespace").asText()).isEqualTo("telephony");
        assertThat(pod.at("/securityContext/fsGroup"))
                .isEqualTo(pod.at("/securityContext/runAsGroup"));
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        JsonNode container = pod.at("/containers/0");
        assertThat(entry(container.path("env"), "TELEPHONY_RECORDING_FOLDER").path("value"))
                .isEqualTo(entry(container.path("volumeMounts"), "recordings").path("mountPath"));
        assertThat(entry(container.path("env"), "DATABASE_URL").isMissingNode()).isFalse();
    }

    private static JsonNode named(List<JsonNode> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode entry(JsonNode list, String name) {
        for (JsonNode entry : list) {
            if (entry.path("name").asText().equals(name)) {
                return entry;
            }
        }
        return MissingNode.getInstance();
    }

    private static void assertHolds(JsonNode whole, JsonNode part, String where) {
        if (part.isObject()) {
            part.properties().stream()
                    .filter(field -> !THE_OVERLAYS.contains(field.getKey()))
                    .forEach(field ->
                            assertHolds(
                                    whole.path(field.getKey()),
                                    field.getValue(),
                                    where + "/" + field.getKey()));
        } else if (part.isArray()) {
            assertThat(whole.size()).as(where).isEqualTo(part.size());
            for (int i = 0; i < part.size(); i++) {
                assertHolds(whole.get(i), part.get(i), where + "/" + i);
            }
        } else {
            assertThat(whole).as(where).isEqualTo(part);
        }
    }

    private static boolean hasKubectl() {
        try {
            kubectl("version", "--client");
            return true;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    private static String kubectl(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add("kubectl");
        command.addAll(List.of(words));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }
}
