package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.model.CallSid;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/// The simulation is worth what it finds: bugs are planted into the source of the core, compiled, and played.
///
/// - [Bug#INTERRUPTED_ANSWER_PLAYS_ON]: audio of an interrupted answer that is still under way is not dropped
/// - [Bug#LATE_RESULT_TOLD_TWICE]: a tool that answers after its deadline is reported a second time
/// - [Bug#INTERRUPTED_TOOL_FORGOTTEN]: tool calls of an interrupted answer stay without an answer
/// - [Bug#ITEMS_RUN_TOGETHER]: what was heard of an item is counted on into the next one
/// - [Bug#FIRST_HALF_FORGOTTEN]: what was heard of an item before the recorded sentence is not counted
/// - [Bug#ASKS_AT_ANY_TIME]: an answer is asked for although one is under way
/// - [Bug#TIMERS_GO_ON]: the timers of a call outlive it
/// - [Bug#ENDS_TWICE]: the second reason to end is followed as well
/// - [Bug#RESULT_TOLD_TO_THE_WRONG_MODEL]: a tool's answer goes to a model that never asked
/// - [Bug#ITEM_OF_THE_WRONG_MODEL]: what a lost model said is truncated at the next one
/// - [Bug#CLOSES_TOO_SOON]: the line closes behind a goodbye although there is more to be said
/// - [Bug#LINE_DIES_WITH_ITS_MODEL]: what has to be said is not told to the next model
/// - [Bug#SILENT_AFTER_ASKING]: nobody listens whether the model answers what it was asked for
/// - [Bug#SILENT_AFTER_THE_CLIP]: the recorded sentence is played once, however long it takes
/// - [Bug#LEAVES_AT_ONCE]: a process that leaves waits for no quiet moment
class PlantedBugsTest {

    private static final long STEPS = 200_000;

    enum Bug {
        INTERRUPTED_ANSWER_PLAYS_ON(
                "AssistantVoice",
                "discardedResponses.add(responseId);",
                "",
                "interrupted answer is played"),
        LATE_RESULT_TOLD_TWICE(
                "RunningTools",
                "Running done = running.remove(call.callId());",
                "Running done = running.get(call.callId());",
                "tool call answered twice"),
        INTERRUPTED_TOOL_FORGOTTEN(
                "ToolRounds",
                "skip(calls, ToolScripts.INTERRUPTED);",
                "",
                "tool call never answered"),
        ITEMS_RUN_TOGETHER(
                "PlaybackLedger",
                "Math.clamp(position - item.startsAt, 0, item.sent)",
                "Math.max(position - item.startsAt, 0)",
                "truncated at more than was sent"),
        FIRST_HALF_FORGOTTEN(
                "PlaybackLedger",
                "if (earlier.id.equals(itemId)) {",
                "if (false) {",
                "truncated twice"),
        ASKS_AT_ANY_TIME(
                "ResponseSlot",
                "if (state instanceof State.Free && !callerSpeaks && !awaited",
                "if (!callerSpeaks && !awaited",
                "asked "),
        TIMERS_GO_ON(
                "CallTimers", "new ArrayList<>(running).forEach(CallTime.Timer::cancel);", "", ""),
        ENDS_TWICE("CallSession", "if (isOver()) {\n            return;", "if (false) {", ""),
        RESULT_TOLD_TO_THE_WRONG_MODEL(
                "RunningTools",
                "orphans.addAll(running.keySet());",
                "",
                "spoken of to another connection"),
        ITEM_OF_THE_WRONG_MODEL(
                "AssistantVoice",
                "playing.forEach(item -> strangers.add(item.itemId()));",
                "",
                "spoken of to another connection"),
        CLOSES_TOO_SOON(
                "Farewell",
                "!voice.isPlaying() && !isMoreToCome.getAsBoolean()",
                "!voice.isPlaying()",
                "a line that is owed is never said"),
        LINE_DIES_WITH_ITS_MODEL(
                "ModelChange", "talk.lines().onBack();", "", "a line that is owed is never said"),
        SILENT_AFTER_ASKING(
                "Conversation",
                "private void onAsked() {\n        deadAir.begin();",
                "private void onAsked() {",
                "silence"),
        SILENT_AFTER_THE_CLIP("DeadAir", "look(AGAIN);", "", "silence"),
        LEAVES_AT_ONCE(
                "HandOver",
                "timers.after(within, this::now);",
                "now();",
                "handed over in the middle of a sentence");

        final String file;
        final String right;
        final String wrong;
        final String rule;

        /// @param rule that is broken first; empty where several may be
        Bug(String file, String right, String wrong, String rule) {
            this.file = file;
            this.right = right;
            this.wrong = wrong;
            this.rule = rule;
        }
    }

    @TempDir Path classes;

    @ParameterizedTest
    @EnumSource(Bug.class)
    void theSimulationFindsIt(Bug bug) throws Exception {
        plant(bug);

        Optional<String> failure = simulate(new Planted(classes));

        assertThat(failure).isPresent();
        assertThat(failure.get()).startsWith("seed ").contains(bug.rule, "steps are enough");
    }

    @Test
    void whereNothingIsPlantedNothingIsFound() throws Exception {
        assertThat(simulate(new Planted(classes))).isEmpty();
    }

    @Test
    void theHistoryThatShowsABugIsShort() throws Exception {
        plant(Bug.INTERRUPTED_ANSWER_PLAYS_ON);

        String failure = simulate(new Planted(classes)).orElseThrow();

        int steps = Integer.parseInt(failure.lines().toList().get(1).split(" ")[0]);
        assertThat(steps).isLessThan(40);
    }

    private void plant(Bug bug) throws IOException {
        Path source =
                Path.of(System.getProperty("basedir", "."))
                        .resolve("src/main/java/org/telephonystack/stream/call")
                        .resolve(bug.file + ".java");
        String right = Files.readString(source);
        assertThat(right).as("the place where %s is planted", bug).containsOnlyOnce(bug.right);
        Path planted = Files.createDirectory(classes.resolve("source")).resolve(bug.file + ".java");
        Files.writeString(planted, right.replace(bug.right, bug.wrong));
        int exit =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                InputStream.nullInputStream(),
                                System.out,
                                System.err,
                                "-proc:none",
                                "-nowarn",
                                "-cp",
                                classPath(),
                                "-d",
                                classes.toString(),
                                planted.toString());
        assertThat(exit).as("compiles").isZero();
    }

    private static String classPath() {
        return Stream.of(CallSession.class, CallSid.class, NullMarked.class)
                .map(type -> Path.of(uri(type)).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static URI uri(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // its own class in another loader, of a type both loaders share
    private static Optional<String> simulate(ClassLoader loader)
            throws ReflectiveOperationException {
        var method =
                Class.forName(Simulation.class.getName(), true, loader)
                        .getDeclaredMethod("firstFailure", long.class, long.class);
        method.setAccessible(true);
        try {
            return (Optional<String>) method.invoke(null, 1L, STEPS);
        } catch (InvocationTargetException e) {
            throw new AssertionError("the simulation broke", e.getCause());
        }
    }

    /// Loads the core and its simulation anew, with what was compiled into `planted` in place of the original.
    private static final class Planted extends ClassLoader {

        private static final String ANEW = "org.telephonystack.stream.call.";

        private final Path planted;

        Planted(Path planted) {
            super(PlantedBugsTest.class.getClassLoader());
            this.planted = planted;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith(ANEW)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (var original = getParent().getResourceAsStream(file)) {
                byte[] code;
                if (Files.exists(planted.resolve(file))) {
                    code = Files.readAllBytes(planted.resolve(file));
                } else if (original != null) {
                    code = original.readAllBytes();
                } else {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
