package org.telephonystack.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.model.ModelTurn;
import org.telephonystack.simulator.trace.RecordedSpan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class LatencyReportTest {

    @Test
    void theCallersFirstWaitIsCountedFromTheStreamsStart() {
        LatencyReport report =
                LatencyReport.of(
                        List.of(
                                span("stream", 0, 60_000),
                                span("context lookup", 5, 47),
                                span(
                                        "turn",
                                        100,
                                        4000,
                                        new RecordedSpan.Event(
                                                "first audio", Duration.ofMillis(330), Map.of()))),
                        List.of());

        assertThat(report.contextLookup()).contains(Duration.ofMillis(42));
        assertThat(report.untilFirstAudio()).contains(Duration.ofMillis(430));
        assertThat(report.print()).contains("context lookup").contains("430.0 ms");
    }

    @Test
    void whatWasNotMeasuredIsSaidSo() {
        assertThat(LatencyReport.of(List.of(), List.of()).print()).contains("not measured");
    }

    @Test
    void ourShareIsWhatTheModelDidNotTake() {
        var turn = new LatencyReport.Turn(1, Duration.ofMillis(340), Duration.ofMillis(310));
        var report = new LatencyReport(Optional.empty(), Optional.empty(), List.of(turn));

        assertThat(turn.ours()).isEqualTo(Duration.ofMillis(30));
        assertThat(report.print()).contains("30.0 ms").contains("310.0 ms");
        assertThat(new LatencyReport.Turn(1, Duration.ofMillis(1), Duration.ofMillis(2)).ours())
                .isZero();
    }

    @Test
    void anAnswerIsMeasuredAgainstItsOwnTurnAlsoAfterOneThatBeganWithATool() {
        List<RecordedSpan> turns = List.of(answered(340), answered(730), answered(335));
        List<ModelTurn> models =
                List.of(
                        model("book", 100, 420),
                        model("yes", 5_000, 0),
                        model("bye", 9_000, 9_320));

        List<LatencyReport.Turn> paired = LatencyReport.paired(turns, models);

        assertThat(paired).extracting(LatencyReport.Turn::number).containsExactly(1, 3);
        assertThat(paired)
                .extracting(LatencyReport.Turn::ours)
                .containsExactly(Duration.ofMillis(20), Duration.ofMillis(15));
    }

    private static RecordedSpan answered(long afterMillis) {
        return span(
                "turn",
                0,
                4_000,
                new RecordedSpan.Event("speech stopped", Duration.ZERO, Map.of()),
                new RecordedSpan.Event("first audio", Duration.ofMillis(afterMillis), Map.of()));
    }

    private static ModelTurn model(String heard, long askedMillis, long soundMillis) {
        return new ModelTurn(
                "r" + heard,
                heard,
                "",
                askedMillis * 1_000_000,
                soundMillis * 1_000_000,
                "completed");
    }

    private static RecordedSpan span(
            String name, long fromMillis, long toMillis, RecordedSpan.Event... events) {
        return new RecordedSpan(
                "t",
                name,
                "",
                "stream",
                name,
                "internal",
                fromMillis * 1_000_000,
                toMillis * 1_000_000,
                Map.of(),
                List.of(events),
                false);
    }
}
