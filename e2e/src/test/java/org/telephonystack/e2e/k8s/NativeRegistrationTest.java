package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.tool.ToolDefinition;
import org.telephonystack.model.tool.Tools;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A native executable knows by name only what was registered when it was built. What code does by name is found here, on a JVM and
/// in seconds: classes that JSON is made of or read into, reflection, and files that are read from the class path.
class NativeRegistrationTest {

    private static final Pattern BINDS =
            Pattern.compile(
                    "readValue|readValues|convertValue|treeToValue|valueToTree|writeValue.*|readerFor.*|writerFor.*|forType|mapTo|mapFrom");
    private static final Set<String> REFLECTS =
            Set.of(
                    "forName",
                    "newProxyInstance",
                    "getRecordComponents",
                    "getDeclaredConstructor",
                    "getDeclaredConstructors",
                    "getDeclaredMethod",
                    "getDeclaredMethods",
                    "getMethod",
                    "getMethods",
                    "getDeclaredField",
                    "getDeclaredFields");
    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .importPaths(
                            Overlay.SHIPPED.stream()
                                    .map(module -> Overlay.file(module + "/target/classes"))
                                    .toArray(Path[]::new));

    @Test
    void theRecordsOfToolsAreRegistered() throws Exception {
        var parameters = new TreeSet<String>();
        for (Field field : Tools.class.getDeclaredFields()) {
            if (field.getType() == ToolDefinition.class) {
                parameters.add(((ToolDefinition<?>) field.get(null)).parameters().getName());
            }
        }

        assertThat(parameters).isNotEmpty().isEqualTo(registered());
    }

    /// All else that is JSON is written and read field by field. Whoever binds a class of ours registers it.
    @Test
    void noUnregisteredClassIsBoundToJson() {
        assertThat(boundClasses().filter(name -> !registered().contains(name))).isEmpty();
    }

    @Test
    void theTestSeesABoundClass() {
        JavaClasses planted =
                new ClassFileImporter().importClasses(Planted.class, PlantedType.class);

        assertThat(bound(planted)).contains(Planted.class.getName());
    }

    @Test
    void nothingButToolsIsReflectedUpon() {
        Set<String> who =
                OURS.stream()
                        .filter(it ->
                                it.getMethodCallsFromSelf().stream()
                                        .anyMatch(call ->
                                                REFLECTS.contains(call.getName())
                                                        && call.getTargetOwner()
                                                                .getName()
                                                                .startsWith("java.lang.")))
                        .map(JavaClass::getName)
                        .filter(name -> name.startsWith("org.telephonystack."))
                        .filter(name ->
                                !name.matches(".*(_|\\$)(Bean|ClientProxy|Subclass|Observer).*"))
                        .collect(Collectors.toCollection(TreeSet::new));

        // Looks into one class of Quarkus', which it registers itself.
        assertThat(who)
                .filteredOn(name -> !name.endsWith(".quarkus.SpanQueue"))
                .containsExactly(ToolDefinition.class.getName());
        assertThat(Overlay.codeOf("shared-quarkus"))
                .contains("@RegisterForReflection(targets = LateBoundSpanProcessor.class)");
    }

    @Test
    void everyFileOnTheClassPathIsCarriedAlong() throws IOException {
        for (String service : Overlay.SERVICES) {
            Path resources = Overlay.file(service + "/src/main/resources");
            String included = included(resources.resolve("application.properties"));
            try (Stream<Path> files = Files.walk(resources)) {
                assertThat(
                                files.filter(Files::isRegularFile)
                                        .map(file -> resources.relativize(file).toString())
                                        .filter(file -> !file.equals("application.properties"))
                                        .filter(file -> !file.matches("(META-INF|templates)/.*"))
                                        .filter(file -> !file.matches(included)))
                        .as("not in quarkus.native.resources.includes of " + service)
                        .isEmpty();
            }
        }
    }

    private static Stream<String> boundClasses() {
        return bound(OURS).stream();
    }

    /// Classes of ours that a method which binds JSON names by `X.class`, by `new TypeReference<X>()`, or that a resource takes or
    /// gives.
    private static Set<String> bound(JavaClasses classes) {
        var names = new TreeSet<String>();
        for (JavaClass type : classes) {
            type.getMethodCallsFromSelf().stream()
                    .filter(call ->
                            BINDS.matcher(call.getName()).matches()
                                    && call.getTargetOwner()
                                            .getName()
                                            .matches("com\\.fasterxml\\..*|io\\.vertx\\..*"))
                    .flatMap(call -> call.getOwner().getReferencedClassObjects().stream())
                    .forEach(it -> names.add(it.getRawType().getName()));
            type.getSuperclass()
                    .filter(parent ->
                            parent.getName()
                                    .startsWith("com.fasterxml.jackson.core.type.TypeReference"))
                    .ifPresent(parent -> raw(parent).forEach(names::add));
            type.getMethods().stream()
                    .filter(NativeRegistrationTest::isEndpoint)
                    .flatMap(method ->
                            Stream.concat(
                                    Stream.of(method.getReturnType()),
                                    method.getParameterTypes().stream()))
                    .flatMap(NativeRegistrationTest::raw)
                    .forEach(names::add);
        }
        names.removeIf(name -> !name.startsWith("org.telephonystack."));
        return names;
    }

    private static boolean isEndpoint(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(it ->
                        it.getRawType()
                                .getName()
                                .matches("jakarta\\.ws\\.rs\\.(GET|POST|PUT|DELETE|PATCH)"));
    }

    private static Stream<String> raw(JavaType type) {
        return type.getAllInvolvedRawTypes().stream().map(JavaClass::getName);
    }

    private static Set<String> registered() {
        Path file =
                Overlay.file(
                        "shared-model/src/main/resources/META-INF/native-image/org.telephonystack/shared-model/reachability-metadata.json");
        try {
            JsonNode entries = new ObjectMapper().readTree(Overlay.read(file)).path("reflection");
            return StreamSupport.stream(entries.spliterator(), false)
                    .filter(it -> it.path("allDeclaredConstructors").asBoolean())
                    .map(it -> it.path("type").asText())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The globs as one pattern.
    private static String included(Path properties) {
        return Overlay.read(properties)
                .lines()
                .filter(line -> line.startsWith("quarkus.native.resources.includes="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .flatMap(globs -> Stream.of(globs.split(",")))
                .map(glob ->
                        glob.replace(".", "\\.")
                                .replace("**", "§")
                                .replace("*", "[^/]*")
                                .replace("§", ".*"))
                .collect(Collectors.joining("|"));
    }

    record Planted(String a) {}

    /// What the test has to see.
    static final class PlantedType {
        Planted read(String json) throws IOException {
            return new ObjectMapper().readValue(json, Planted.class);
        }
    }
}
