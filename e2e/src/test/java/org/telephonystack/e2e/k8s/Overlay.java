package org.telephonystack.e2e.k8s;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One overlay of `k8s/`, rendered. What stands in `src/test/resources/k8s` is what somebody has read and agreed to.
enum Overlay {
    LOCAL("local"),
    PRODUCTION("production"),
    PRODUCTION_GATEWAY("production-gateway");

    static final List<String> SERVICES = List.of("frontdoor", "stream", "action");

    /// The services and what they are made of.
    static final List<String> SHIPPED =
            List.of("shared-model", "shared-quarkus", "frontdoor", "stream", "action");

    private static final Path PROJECT = project();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final String folder;

    Overlay(String folder) {
        this.folder = folder;
    }

    Path source() {
        return file("k8s/overlays/" + folder);
    }

    Path golden() {
        return file("e2e/src/test/resources/k8s/" + folder + ".yaml");
    }

    List<JsonNode> objects() {
        return objectsIn(golden());
    }

    Stream<JsonNode> objects(String kind) {
        return objects().stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    JsonNode deployment(String service) {
        return object("Deployment", "voice-" + service);
    }

    JsonNode object(String kind, String name) {
        return objects(kind)
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError(folder + " has no " + kind + " named " + name));
    }

    static List<JsonNode> objectsIn(Path yaml) {
        return documents(read(yaml));
    }

    static List<JsonNode> documents(String yaml) {
        try (var parser = YAML.createParser(yaml)) {
            var nodes = YAML.<JsonNode>readValues(parser, JsonNode.class);
            return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(nodes, Spliterator.ORDERED), false)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file of the project, by its path from the root.
    static Path file(String path) {
        return PROJECT.resolve(path);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All of a module's production code, one text.
    static String codeOf(String module) {
        try (Stream<Path> files = Files.walk(file(module + "/src/main"))) {
            return String.join(
                    "\n",
                    files.filter(it ->
                                    it.toString().endsWith(".java")
                                            || it.toString().endsWith(".properties"))
                            .sorted()
                            .map(Overlay::read)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path project() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("k8s"))) {
            here = requireNonNull(here.getParent(), "k8s/ is above no folder of ours");
        }
        return here;
    }
}
