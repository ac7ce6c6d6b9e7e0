package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Calls in which everything happens in any order: what must never happen does not. A failure names its seed.
class RandomCallsTest {

    private static final int CALLS = 2_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, 4711})
    void whatMustNeverHappenDoesNot(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + CALLS; seed++) {
            new RandomCall(seed).play();
        }
    }

    /// A model that keeps the protocol, a telephone that returns marks, and fate.
    private static final class RandomCall {

        private final Random random;
        private final String name;
        private final TestCall call = TestCall.begun();
        private final Map<String, Long> sentMillis = new HashMap<>();
        private final Set<String> askedTools = new HashSet<>();
        private final Set<String> answeredTools = new HashSet<>();
        private final List<String> pendingMarks = new ArrayList<>();
        private Optional<String> active = Optional.empty();
        private boolean askedFor;
        private boolean callerSpeaks;
        private boolean takesTurns;
        private int read;
        private int responses;
        private int items;

        RandomCall(long seed) {
            this.random = new Random(seed);
            this.name = "seed " + seed;
        }

        void play() {
            for (int step = 0; step < 120 && !call.session.isOver(); step++) {
                fate();
                readWire();
            }
            call.session.onStop();
            call.time.passMillis(60_000);
            call.toolAnswers
                    .values()
                    .forEach(answer -> answer.complete(ToolResult.success("", Map.of())));
            readWire();

            assertThat(call.events(CallEvent.Ended.class)).as(name).hasSize(1);
            assertThat(call.events(CallEvent.Bug.class)).as(name).isEmpty();
            assertThat(call.events.getLast()).as(name).isInstanceOf(CallEvent.Ended.class);
            assertThat(call.wire.getLast()).as(name).startsWith("caller close");
            assertThat(call.wire.subList(call.wire.indexOf("model close") + 1, call.wire.size()))
                    .as(name)
                    .noneMatch(line -> line.startsWith("model") || line.startsWith("caller audio"));
            assertThat(call.time.runningTimers()).as(name).isZero();
            assertThat(call.events(CallEvent.TurnBegan.class))
                    .as(name)
                    .hasSameSizeAs(call.events(CallEvent.TurnEnded.class));
        }

        private void fate() {
            switch (random.nextInt(20)) {
                case 0 -> call.lookup.complete(new Answer.Found(TestCall.JANE));
                case 1, 2 -> ready();
                case 3, 4 -> callerStartsOrStops();
                case 5, 6, 7, 8 -> speak();
                case 9 -> tool();
                case 10 -> finish(random.nextInt(8) == 0 ? Status.FAILED : Status.COMPLETED);
                case 11, 12 -> begin();
                case 13, 14 -> mark();
                case 15 -> call.passes(random.nextInt(400));
                case 16 -> answerTools();
                case 17 -> call.session.onDtmf("1");
                case 18 -> strangeThings();
                default -> call.callerAudio(TestCall.audio(20));
            }
        }

        private void ready() {
            if (call.wire.stream().anyMatch(line -> line.startsWith("model configure"))
                    && !call.wire.contains("model respond GREETING")) {
                call.model(new ModelEvent.Ready());
            }
        }

        private void callerStartsOrStops() {
            callerSpeaks = !callerSpeaks;
            if (callerSpeaks) {
                call.callerSpeaks();
                if (takesTurns) {
                    active.ifPresent(_ -> finish(Status.CANCELLED));
                }
            } else {
                call.callerStops();
                askedFor |= takesTurns;
            }
        }

        private void begin() {
            if (askedFor && active.isEmpty()) {
                askedFor = false;
                active = Optional.of("r" + ++responses);
                call.created("r" + responses);
            }
        }

        private void speak() {
            active.ifPresent(response -> {
                int millis = 20 + random.nextInt(600);
                String item = "item" + (random.nextInt(4) == 0 ? ++items : Math.max(items, 1));
                item = response + item;
                sentMillis.merge(item, (long) millis, Long::sum);
                call.words(response, item, "some words ");
                call.speaks(response, item, millis);
                if (random.nextBoolean()) {
                    call.model(new ModelEvent.AssistantItemDone(response, item));
                }
            });
        }

        private void tool() {
            active.ifPresent(response -> {
                String id = "c" + askedTools.size();
                askedTools.add(id);
                call.asksFor(response, id, random.nextInt(6) == 0 ? "end_call" : "check_schedule");
            });
        }

        private void finish(Status status) {
            active.ifPresent(response -> {
                active = Optional.empty();
                call.done(response, status);
            });
        }

        private void mark() {
            if (!pendingMarks.isEmpty()) {
                call.session.onMark(pendingMarks.removeFirst());
            }
        }

        private void answerTools() {
            call.toolAnswers
                    .values()
                    .forEach(answer -> answer.complete(ToolResult.success("", Map.of())));
        }

        private void strangeThings() {
            switch (random.nextInt(6)) {
                case 0 -> call.session.onMark("g1-999");
                case 1 -> call.session.onMark("nonsense");
                case 2 -> call.model(new ModelEvent.ResponseRefused());
                case 3 -> call.model(new ModelEvent.Complaint(Trouble.PASSING, "x"));
                case 4 -> call.time.passMillis(6_000);
                default -> call.model(new ModelEvent.CallerTranscript("u", "hello"));
            }
        }

        private void readWire() {
            // `passes` takes caller audio out of the wire; nothing below looks at it.
            read = Math.min(read, call.wire.size());
            for (; read < call.wire.size(); read++) {
                String line = call.wire.get(read);
                if (line.startsWith("caller mark ")) {
                    pendingMarks.add(line.substring("caller mark ".length()));
                } else if (line.startsWith("model respond")) {
                    assertThat(active).as(name + " " + line).isEmpty();
                    askedFor = true;
                } else if (line.equals("model takeTurns")) {
                    takesTurns = true;
                } else if (line.startsWith("model truncate ")) {
                    String[] parts = line.split(" ");
                    assertThat(Long.parseLong(parts[3]))
                            .as(name + " " + line)
                            .isBetween(0L, sentMillis.getOrDefault(parts[2], 0L));
                } else if (line.startsWith("model answerTool")) {
                    assertThat(answeredTools.add(line.split(" ")[2]))
                            .as(name + " " + line)
                            .isTrue();
                }
            }
        }
    }
}
