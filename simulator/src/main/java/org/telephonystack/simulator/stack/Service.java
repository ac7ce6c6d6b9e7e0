package org.telephonystack.simulator.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The services of the stack, in the order in which `./telephony up` numbers their ports.
public enum Service {
    FRONTDOOR(8081),
    STREAM(8082),
    ACTION(8083);

    private static final List<String> AOT_FLAGS =
            List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED");

    private final int usualPort;

    Service(int usualPort) {
        this.usualPort = usualPort;
    }

    /// Under `./telephony up`; the management port is 1000 above.
    public int usualPort() {
        return usualPort;
    }

    /// The module's name: `frontdoor`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether `-Dtelephony.packaging=aot-training` is set: each process writes down what it loaded when it ends, which takes a while.
    static boolean isTraining() {
        return "aot-training".equals(System.getProperty("telephony.packaging"));
    }

    /// What starts it: the native executable if `-Dtelephony.native=true` is set, with `-Dtelephony.packaging=aot` what
    /// `scripts/train-aot.sh` made, else the packaged jar.
    ///
    /// @param root of the repository
    public List<String> command(Path root, List<String> jvmFlags) {
        Path target = root.resolve(word()).resolve("target");
        if (Boolean.getBoolean("telephony.native")) {
            return List.of(nativeExecutable(target).toString());
        }
        String packaging = System.getProperty("telephony.packaging", "fast-jar");
        boolean aot = packaging.startsWith("aot");
        Path jar = target.resolve(aot ? "aot/" + word() + ".jar" : "quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    word() + " is not packaged: run ./mvnw -Dquick package (" + jar + ")");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As in the images: a cache keeps what the compilers learned, and wants no word about
        // sharing.
        command.addAll(aot ? AOT_FLAGS : jvmFlags);
        if (aot) {
            String option = isTraining() ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=";
            command.add(option + target.resolve("aot/" + word() + ".aot"));
        }
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private Path nativeExecutable(Path target) {
        try (var files = Files.newDirectoryStream(target, "*-runner")) {
            for (Path file : files) {
                return file;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(
                word() + " has no native executable: run ./mvnw -Dnative package (" + target + ")");
    }
}
