package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.ticket.StreamTicket.Kind;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.CallJournal.Turn;
import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.Status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whole conversations in `src/test/resources/golden`: `<` is what happens to the call, `>` what it does then, to the letter.
///
/// `-Dtelephony.golden.write=true` writes the answers anew, for a change that is meant; the difference is then read by a
/// person.
class GoldenConversationsTest {

    private static final CallContext RESUMED =
            new CallContext(
                    TestCall.JANE.client(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(
                            new Spoken(Speaker.ASSISTANT, "Hi Jane, how can I help?"),
                            new Spoken(Speaker.CALLER, "I need a cleaning on Tuesday.")));

    private static final Path FILES =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");

    static Stream<String> conversations() throws IOException {
        try (var files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void theCallDoesWhatIsWritten(String file) throws IOException {
        List<String> written = Files.readAllLines(FILES.resolve(file));

        List<String> played =
                new Player(file.contains("taken-up") ? Kind.RESUME : Kind.NEW).play(written);

        if (Boolean.getBoolean("telephony.golden.write")) {
            Files.write(FILES.resolve(file), played);
        }
        assertThat(played).containsExactlyElementsOf(written);
    }

    /// Reads the lines of what happens, and writes behind each what the call did.
    private static final class Player {

        private final TestCall call;
        private final List<String> marks = new ArrayList<>();
        private int turns;

        Player(StreamTicket.Kind kind) {
            call = new TestCall(CallSettings.DEFAULTS, kind);
        }

        List<String> play(List<String> lines) {
            var played = new ArrayList<String>();
            for (String line : lines) {
                if (line.startsWith("> ")) {
                    continue;
                }
                played.add(line);
                if (line.startsWith("< ")) {
                    happen(line.substring(2).split(" ", 5));
                    takeEffects(played);
                }
            }
            return played;
        }

        private void happen(String[] words) {
            switch (words[0]) {
                case "start" -> call.session.begin();
                case "jane" ->
                        call.lookup.complete(new CallContextLookup.Answer.Found(TestCall.JANE));
                case "ready" -> call.model(new ModelEvent.Ready());
                case "caller-speaks" -> call.callerSpeaks();
                case "caller-stops" -> call.callerStops();
                case "caller-item" -> call.model(new ModelEvent.CallerItem(words[1]));
                case "caller-words" ->
                        call.model(new ModelEvent.CallerTranscript(words[1], spaced(words[2])));
                case "created" -> call.created(words[1]);
                case "words" -> call.words(words[1], words[2], spaced(words[3]));
                case "speaks" -> call.speaks(words[1], words[2], Integer.parseInt(words[3]));
                case "item-done" ->
                        call.model(new ModelEvent.AssistantItemDone(words[1], words[2]));
                case "tool" -> call.asksFor(words[1], words[2], words[3], words[4]);
                case "done" -> call.done(words[1], Status.valueOf(words[2]));
                case "result" ->
                        call.toolAnswer(words[1])
                                .complete(ToolResult.success(spaced(words[2]), Map.of()));
                case "result-taken" -> call.model(new ModelEvent.ToolAnswerTaken(words[1]));
                case "heard" -> List.copyOf(marks).forEach(call.session::onMark);
                case "mark" -> call.session.onMark(words[1]);
                case "key" -> call.session.onDtmf(words[1]);
                case "passes" -> call.passes(Long.parseLong(words[1]));
                case "lost" -> call.lost(words[1]);
                case "resumed" -> call.lookup.complete(new CallContextLookup.Answer.Found(RESUMED));
                case "leaving" -> call.session.handOver();
                case "stop" -> call.session.onStop();
                default -> throw new IllegalArgumentException("unknown: " + words[0]);
            }
        }

        /// `Good_morning.` stands for several words.
        private static String spaced(String words) {
            return words.replace('_', ' ');
        }

        private void takeEffects(List<String> played) {
            marks.addAll(call.marks());
            call.wire.forEach(effect -> played.add("> " + effect));
            call.wire.clear();
            for (; turns < call.turns.size(); turns++) {
                played.add("> written " + written(call.turns.get(turns)));
            }
        }

        private static String written(Turn turn) {
            return "%d %s%s: %s"
                    .formatted(
                            turn.seq(),
                            turn.speaker(),
                            turn.interrupted()
                                    ? " (heard %d of %d ms)"
                                            .formatted(turn.heardMillis(), turn.spokenMillis())
                                    : "",
                            turn.text());
        }
    }
}
