package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
