package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.mutiny.sqlclient.Row;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.afterstream.AfterStreamDesk;
import org.telephonystack.action.afterstream.Announcement;
import org.telephonystack.action.afterstream.Question;
import org.telephonystack.action.callback.CallbackDesk;
import org.telephonystack.action.callback.CallbackReader;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.twilio.FormBody;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The news of one lost call in any order, doubled, some of it lost, some of it at the same time: always one outcome and one
/// text. And of calls that ended as they should: no text at all.
@ActionTest
class AnyOrderTest {

    private static final int CALLS = 1000;
    private static final int WELL_ENDED = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Inject CallbackDesk callbacks;
    @Inject AfterStreamDesk afterStream;
    @Inject TestDatabase database;

    @Test
    void everyLostCallerGetsExactlyOneText() {
        try (var eightAtATime = Executors.newFixedThreadPool(8)) {
            var calls =
                    IntStream.range(0, CALLS)
                            .mapToObj(seed ->
                                    CompletableFuture.runAsync(
                                            new LostCall(seed)::happen, eightAtATime))
                            .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(calls).join();
        }

        await().atMost(LIMIT)
                .until(() ->
                        database.count(
                                        "select count(*) from calls where call_sid like 'CA4%' and outcome is not null")
                                == CALLS);
        assertThat(outcomes()).containsOnlyKeys("model_failed", "twilio_failed", "our_fault");
        assertThat(
                        database.count(
                                "select count(*) from sms_outbox where dedupe_key like 'recovery:CA4%'"))
                .isEqualTo(CALLS);
        await().atMost(LIMIT)
                .until(() ->
                        database.count(
                                        "select count(*) from sms_outbox where call_sid like 'CA4%' and state = 'sent'")
                                == CALLS);
        Map<String, Long> requests =
                TwilioStub.recipients().stream()
                        .filter(number -> number.startsWith("+1415554"))
                        .collect(Collectors.groupingBy(number -> number, Collectors.counting()));
        assertThat(requests)
                .hasSize(CALLS)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
    }

    /// As [org.telephonystack.action.outcome.WellEndedInAnyOrderTest], with the database and several at once.
    @Test
    void whoWasNotLostGetsNoText() {
        try (var eightAtATime = Executors.newFixedThreadPool(8)) {
            var calls =
                    IntStream.range(0, WELL_ENDED)
                            .mapToObj(seed ->
                                    CompletableFuture.runAsync(
                                            new WellEndedCall(seed)::happen, eightAtATime))
                            .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(calls).join();
        }

        await().atMost(LIMIT)
                .until(() ->
                        database.count(
                                        "select count(*) from calls where call_sid like 'CAa0000%' and outcome is not null")
                                == WELL_ENDED);
        assertThat(
                        database.text(
                                """
                                select string_agg(distinct end_reason || ' ' || outcome, ', ' order by end_reason || ' ' || outcome)
                                from calls where call_sid like 'CAa0000%'
                                """))
                .isEqualTo(
                        "assistant_ended completed, caller_hung_up caller_hung_up, transfer transferred, voicemail voicemail");
        assertThat(
                        database.count(
                                "select count(*) from sms_outbox where call_sid like 'CAa0000%' or recipient like '+1415556%'"))
                .isZero();
    }

    private final class WellEndedCall {

        private final Random random;
        private final int number;
        private final CallSid callSid;
        private final String caller;

        WellEndedCall(int seed) {
            random = new Random(seed);
            number = seed;
            callSid = new CallSid("CAa%031d".formatted(seed));
            caller = "+1415556%04d".formatted(seed);
        }

        /// What the stream meant is on its books before its socket closes.
        void happen() {
            List<String> ends =
                    List.of("assistant_ended", "caller_hung_up", "transfer", "voicemail");
            String end = ends.get(number % ends.size());
            database.streamJournal(callSid.value(), end);
            var steps = new ArrayList<Map<String, String>>();
            steps.add(status("in-progress"));
            steps.add(Map.of("StreamEvent", "stream-stopped", "StreamSid", "MZ1"));
            if (end.equals("transfer")) {
                // What a leg came to is waited for half a second here: a busy machine needs longer
                // for all of these.
                takeInAnyOrder(
                        Stream.of("initiated", "ringing", "in-progress", "completed")
                                .map(this::leg)
                                .toList());
            }
            steps.add(status("completed"));
            steps.add(status("completed"));
            if (end.equals("voicemail")) {
                steps.add(recording("in-progress", "0"));
                steps.add(recording("completed", "7"));
                steps.add(recording("completed", "7"));
            }
            takeInAnyOrder(steps);
        }

        private void takeInAnyOrder(List<Map<String, String>> steps) {
            var shuffled = new ArrayList<>(steps);
            Collections.shuffle(shuffled, random);
            CompletableFuture.allOf(
                            shuffled.stream().map(this::take).toArray(CompletableFuture<?>[]::new))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        }

        private Map<String, String> status(String word) {
            return Map.of("CallStatus", word, "Direction", "inbound", "From", caller);
        }

        private Map<String, String> leg(String word) {
            return Map.of(
                    "CallSid",
                    "CAb%031d".formatted(number),
                    "ParentCallSid",
                    callSid.value(),
                    "Direction",
                    "outbound-dial",
                    "CallStatus",
                    word);
        }

        private Map<String, String> recording(String word, String seconds) {
            return Map.of(
                    "RecordingSid", "REa%031d".formatted(number),
                    "RecordingStatus", word,
                    "RecordingDuration", seconds);
        }

        private CompletableFuture<?> take(Map<String, String> fields) {
            var form = new TreeMap<String, List<String>>();
            form.put("CallSid", List.of(callSid.value()));
            fields.forEach((name, value) -> form.put(name, List.of(value)));
            return callbacks
                    .take(
                            CallbackReader.read(
                                    new FormBody(form),
                                    Optional.of(String.valueOf(random.nextLong()))))
                    .toCompletableFuture();
        }
    }

    private Map<String, Long> outcomes() {
        var outcomes = new TreeMap<String, Long>();
        for (Row row :
                database.execute(
                        "select outcome, count(*) from calls where call_sid like 'CA4%' group by 1")) {
            outcomes.put(row.getString(0), row.getLong(1));
        }
        return outcomes;
    }

    private final class LostCall {

        private final Random random;
        private final CallSid callSid;
        private final String caller;

        LostCall(int seed) {
            random = new Random(seed);
            callSid = new CallSid("CA4%031d".formatted(seed));
            caller = "+1415554%04d".formatted(seed);
        }

        void happen() {
            List<Runnable> atOnce = new ArrayList<>();
            var waiting = new ArrayList<CompletableFuture<?>>();
            boolean together = random.nextBoolean();
            for (Step step : steps()) {
                if (together) {
                    waiting.add(step.start());
                } else {
                    atOnce.add(() -> step.start().orTimeout(10, TimeUnit.SECONDS).join());
                }
            }
            atOnce.forEach(Runnable::run);
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).join();
        }

        private List<Step> steps() {
            var steps = new ArrayList<Step>();
            String terminal = random.nextInt(4) == 0 ? "failed" : "completed";
            for (int i = 0; i < 2; i++) {
                steps.add(() -> form("CallStatus", terminal, "SequenceNumber", "0"));
            }
            if (random.nextBoolean()) {
                steps.add(() -> form("CallStatus", "in-progress", "SequenceNumber", "1"));
            }
            if (random.nextBoolean()) {
                steps.add(() -> form("StreamEvent", "stream-error", "StreamSid", "MZ1"));
                steps.add(() -> form("StreamEvent", "stream-error", "StreamSid", "MZ1"));
            }
            if (random.nextBoolean()) {
                steps.add(this::ask);
                steps.add(this::ask);
            }
            if (random.nextBoolean()) {
                steps.add(this::announce);
            }
            if (random.nextBoolean()) {
                String end = random.nextBoolean() ? "model_lost" : "bug";
                steps.add(() -> {
                    database.streamJournal(callSid.value(), end);
                    return CompletableFuture.completedFuture(null);
                });
            }
            Collections.shuffle(steps, random);
            return steps;
        }

        private CompletableFuture<?> form(String... fields) {
            var form =
                    new TreeMap<>(
                            Map.of(
                                    "CallSid", List.of(callSid.value()),
                                    "Direction", List.of("inbound"),
                                    "From", List.of(caller),
                                    "To", List.of(TwilioStub.OUR_NUMBER)));
            for (int i = 0; i < fields.length; i += 2) {
                form.put(fields[i], List.of(fields[i + 1]));
            }
            Optional<String> token = Optional.of(String.valueOf(random.nextLong()));
            return callbacks
                    .take(CallbackReader.read(new FormBody(form), token))
                    .toCompletableFuture();
        }

        private CompletableFuture<?> ask() {
            return afterStream
                    .ask(
                            new Question(
                                    callSid,
                                    1,
                                    Optional.of("in-progress"),
                                    Optional.of(caller),
                                    Optional.of(TwilioStub.OUR_NUMBER),
                                    Optional.empty(),
                                    Optional.empty(),
                                    false))
                    .toCompletableFuture();
        }

        private CompletableFuture<?> announce() {
            return afterStream
                    .announced(
                            new Announcement(
                                    callSid,
                                    Optional.of(caller),
                                    Optional.of(TwilioStub.OUR_NUMBER),
                                    Optional.of("inbound"),
                                    Optional.empty(),
                                    Optional.empty()))
                    .toCompletableFuture();
        }
    }

    private interface Step {
        CompletableFuture<?> start();
    }
}
