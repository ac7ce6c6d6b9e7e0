package org.telephonystack.simulator.report;

import org.telephonystack.simulator.model.ModelConnection;
import org.telephonystack.simulator.model.ModelTurn;
import org.telephonystack.simulator.trace.RecordedSpan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How long one caller waited, and whose time it was.
///
/// @param contextLookup empty where the call had none
/// @param untilFirstAudio from the stream's start to the first sound sent to the caller
/// @param turns in the order of the call
public record LatencyReport(
        Optional<Duration> contextLookup, Optional<Duration> untilFirstAudio, List<Turn> turns) {

    /// @param number of the caller's words that were answered, from 1
    /// @param total from the end of the caller's speech, as the stream service learned it, to the first sound sent
    /// @param model the part of it the model took, by the model's own clock
    public record Turn(int number, Duration total, Duration model) {

        /// Never below zero: the two parts come from two clocks.
        public Duration ours() {
            Duration ours = total.minus(model);
            return ours.isNegative() ? Duration.ZERO : ours;
        }
    }

    public LatencyReport {
        turns = List.copyOf(turns);
    }

    /// @param spans of one call's trace
    public static LatencyReport of(List<RecordedSpan> spans, List<ModelConnection> connections) {
        Optional<RecordedSpan> stream = named(spans, "stream").stream().findFirst();
        List<RecordedSpan> spoken =
                named(spans, "turn").stream()
                        .filter(turn -> turn.event("first audio").isPresent())
                        .toList();
        Optional<Duration> firstAudio =
                stream.flatMap(call ->
                        spoken.stream().findFirst().map(turn -> since(call, turn, "first audio")));
        return new LatencyReport(
                named(spans, "context lookup").stream().findFirst().map(RecordedSpan::duration),
                firstAudio,
                answers(named(spans, "turn"), connections));
    }

    /// Answers to something the caller said; the greeting is measured by itself.
    private static List<Turn> answers(List<RecordedSpan> turns, List<ModelConnection> connections) {
        return paired(
                turns.stream().filter(turn -> turn.event("speech stopped").isPresent()).toList(),
                connections.stream()
                        .flatMap(connection -> connection.turns().stream())
                        .filter(turn -> !turn.heard().isEmpty())
                        .sorted(Comparator.comparingLong(ModelTurn::askedNanos))
                        .toList());
    }

    /// The n-th thing the caller said had the n-th first answer. Where that answer called a tool without a word, the wait was
    /// the tool's: nothing is said of it here.
    static List<Turn> paired(List<RecordedSpan> turns, List<ModelTurn> firstAnswers) {
        var answers = new ArrayList<Turn>();
        for (int i = 0; i < Math.min(firstAnswers.size(), turns.size()); i++) {
            ModelTurn model = firstAnswers.get(i);
            if (model.firstAudioNanos() == 0 || turns.get(i).event("first audio").isEmpty()) {
                continue;
            }
            answers.add(
                    new Turn(
                            i + 1,
                            between(turns.get(i), "speech stopped", "first audio"),
                            Duration.ofNanos(model.firstAudioNanos() - model.askedNanos())));
        }
        return answers;
    }

    private static List<RecordedSpan> named(List<RecordedSpan> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .sorted(Comparator.comparingLong(RecordedSpan::startEpochNanos))
                .toList();
    }

    private static Duration between(RecordedSpan span, String from, String to) {
        return after(span, to).minus(after(span, from));
    }

    private static Duration since(RecordedSpan start, RecordedSpan span, String event) {
        return Duration.ofNanos(span.startEpochNanos() - start.startEpochNanos())
                .plus(after(span, event));
    }

    private static Duration after(RecordedSpan span, String event) {
        return span.event(event).map(RecordedSpan.Event::afterStart).orElse(Duration.ZERO);
    }

    /// One line per figure.
    public String print() {
        var text = new StringBuilder();
        line(text, "context lookup", contextLookup);
        line(text, "start → first audio", untilFirstAudio);
        for (Turn turn : turns) {
            line(text, "answer " + turn.number() + ", our share", Optional.of(turn.ours()));
            line(text, "answer " + turn.number() + ", the model's", Optional.of(turn.model()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Optional<Duration> value) {
        String figure =
                value.map(length -> String.format(Locale.ROOT, "%.1f ms", length.toNanos() / 1e6))
                        .orElse("not measured");
        text.append(String.format(Locale.ROOT, "%-28s %12s%n", name, figure));
    }
}
