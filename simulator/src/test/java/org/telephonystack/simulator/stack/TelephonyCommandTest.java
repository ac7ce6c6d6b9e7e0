package org.telephonystack.simulator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `./telephony`, above all on a machine without a JDK 25: it fetches one from a local server, or says what to install. The
/// "JDK" is a shell script that knows its version.
class TelephonyCommandTest {

    /// Whatever the script needs beside curl or wget.
    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "sh",
                    "env",
                    "cat",
                    "uname",
                    "dirname",
                    "basename",
                    "sed",
                    "tr",
                    "cut",
                    "head",
                    "tail",
                    "grep",
                    "tar",
                    "gzip",
                    "mkdir",
                    "mv",
                    "rm",
                    "sleep",
                    "sha256sum",
                    "shasum",
                    "perl",
                    "openssl");

    @TempDir private Path folder;
    private Path repository;
    private Path tools;
    private HttpServer server;
    private final List<String> requests = new ArrayList<>();

    @BeforeEach
    void aRepositoryAMachineAndAServer() throws Exception {
        repository = Files.createDirectory(folder.resolve("repository"));
        tools = Files.createDirectory(folder.resolve("tools"));
        Files.copy(StackBuilder.findRoot().resolve("telephony"), repository.resolve("telephony"));
        for (String tool : TOOLS) {
            offer(tool);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] archive = archive("25.0.9");
        server.createContext(
                "/",
                exchange -> {
                    requests.add(exchange.getRequestURI().getPath());
                    boolean there = exchange.getRequestURI().getPath().equals("/jdk.tar.gz");
                    exchange.sendResponseHeaders(there ? 200 : 404, there ? archive.length : -1);
                    if (there) {
                        exchange.getResponseBody().write(archive);
                    }
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aJdkIsFetchedWithCurlAndFoundAgainTheNextTime() throws Exception {
        offer("curl");
        var fetching = fetchFrom("/jdk.tar.gz", sha256(archive("25.0.9")));

        assertThat(telephony(fetching)).isEqualTo(new Said(0, jdk() + "\n"));
        assertThat(telephony(fetching)).isEqualTo(new Said(0, jdk() + "\n"));
        assertThat(requests).containsExactly("/jdk.tar.gz");
    }

    @Test
    void aJdkIsFetchedWithWgetWhereThereIsNoCurl() throws Exception {
        offer("wget");

        Said said = telephony(fetchFrom("/jdk.tar.gz", sha256(archive("25.0.9"))));

        assertThat(said).isEqualTo(new Said(0, jdk() + "\n"));
    }

    @Test
    void anArchiveWithAnotherChecksumIsNotUsed() throws Exception {
        offer("curl");

        Said said = telephony(fetchFrom("/jdk.tar.gz", "0".repeat(64)));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text())
                .contains("Not used: its SHA-256 is", "expected was 0000", "Install a JDK 25");
        assertThat(repository.resolve(".jdk")).isEmptyDirectory();
    }

    @Test
    void anArchiveThatIsNotThereLeadsToWhatToInstall() throws Exception {
        offer("curl");

        Said said = telephony(fetchFrom("/gone.tar.gz", "0".repeat(64)));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("could not be fetched", "Install a JDK 25", "JAVA_HOME");
    }

    @Test
    void withoutCurlAndWgetItSaysWhatToInstall() throws Exception {
        Said said = telephony(fetchFrom("/jdk.tar.gz", "0".repeat(64)));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("neither curl nor wget", "Install a JDK 25");
        assertThat(requests).isEmpty();
    }

    @Test
    void anAddressWithoutAChecksumIsRefused() throws Exception {
        offer("curl");

        Said said = telephony(fetchFrom("/jdk.tar.gz", ""));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("TELEPHONY_JDK_SHA256");
        assertThat(requests).isEmpty();
    }

    @Test
    void theJdkOfJavaHomeIsTakenIfItIsA25() throws Exception {
        Path home = jdkIn(folder.resolve("mine"), "25.0.1");

        assertThat(telephony(Map.of("JAVA_HOME", home.toString())))
                .isEqualTo(new Said(0, home + "\n"));
    }

    @Test
    void anOlderJavaHomeIsPassedOverForAFolderThatHoldsA25() throws Exception {
        Path old = jdkIn(folder.resolve("old"), "17.0.2");
        Path jdks = Files.createDirectory(folder.resolve("jdks"));
        jdkIn(jdks.resolve("a-21"), "21.0.4");
        Path right = jdkIn(jdks.resolve("b-25"), "25");

        Said said =
                telephony(
                        Map.of(
                                "JAVA_HOME",
                                old.toString(),
                                "TELEPHONY_JDK_FOLDERS",
                                folder.resolve("none") + ":" + jdks));

        assertThat(said).isEqualTo(new Said(0, right + "\n"));
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Path runtime = jdkIn(folder.resolve("jre"), "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));

        assertThat(telephony(Map.of("JAVA_HOME", runtime.toString())).text())
                .contains("neither curl nor wget");
    }

    @Test
    void theTestsAreMavensVerifyWithThatJdkAndFurtherWordsGoToMaven() throws Exception {
        Path home = jdkIn(folder.resolve("mine"), "25.0.1");
        program(repository.resolve("mvnw"), "echo $JAVA_HOME $*");

        Said said = telephony(Map.of("JAVA_HOME", home.toString()), "test", "-pl", "stream");

        assertThat(said).isEqualTo(new Said(0, home + " -B -ntp verify -pl stream\n"));
    }

    @Test
    void aBusinessWithoutADatabaseSaysWhichVariableIsMissing() throws Exception {
        Path business = Files.writeString(folder.resolve("business.properties"), "");

        Said said = telephony(Map.of(), "business", "apply", business.toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("DATABASE_URL is not set", "./telephony up");
    }

    @Test
    void aBusinessThatIsNotThereIsNamed() throws Exception {
        assertThat(telephony(Map.of(), "business", "apply", "gone.properties").text())
                .contains("No such file: gone.properties");
    }

    @Test
    void anUnknownCommandShowsTheKnownOnes() throws Exception {
        Said said = telephony(Map.of(), "telegraph");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("There is no command telegraph", "./telephony COMMAND");
    }

    private record Said(int code, String text) {}

    private Map<String, String> fetchFrom(String path, String sha256) {
        return Map.of(
                "TELEPHONY_JDK_URL",
                "http://127.0.0.1:" + server.getAddress().getPort() + path,
                "TELEPHONY_JDK_SHA256",
                sha256);
    }

    /// Standard output where all went well, else both.
    private Said telephony(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                tools.resolve("bash").toString(),
                                repository.resolve("telephony").toString()));
        command.addAll(words.length == 0 ? List.of("jdk") : List.of(words));
        var builder = new ProcessBuilder(command);
        Path errors = folder.resolve("errors");
        builder.redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TELEPHONY_JDK_FOLDERS", repository.resolve(".jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return new Said(code, code == 0 ? text : text + Files.readString(errors));
    }

    private Path jdk() {
        return repository.resolve(".jdk/jdk-25.0.9");
    }

    private void offer(String tool) throws IOException, InterruptedException {
        Optional<String> path = Commands.output(List.of("/bin/sh", "-c", "command -v " + tool));
        if (path.isPresent()) {
            program(tools.resolve(tool), "exec " + path.get() + " \"$@\"");
        }
    }

    private byte[] archive(String version) throws IOException, InterruptedException {
        Path archive = folder.resolve("jdk.tar.gz");
        if (!Files.exists(archive)) {
            Path packed = folder.resolve("packed");
            jdkIn(packed.resolve("jdk-" + version), version);
            Commands.output(
                    List.of(
                            "tar",
                            "-czf",
                            archive.toString(),
                            "-C",
                            packed.toString(),
                            "jdk-" + version));
        }
        return Files.readAllBytes(archive);
    }

    private static Path jdkIn(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        for (String program : List.of("java", "javac")) {
            program(
                    home.resolve("bin").resolve(program),
                    "echo 'openjdk version \"" + version + "\"' >&2");
        }
        return home;
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
