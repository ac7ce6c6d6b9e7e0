package org.telephonystack.stream.truth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.telephonystack.model.tool.ToolResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

class TruthGateTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");
    private static final TruthGate GATE = new TruthGate();

    /// A line of `truth/sentences.txt`.
    private record Line(String sentence, String so, String finds) {

        static Line of(String line) {
            String[] parts = line.split(" \\| ");
            return new Line(parts[0], parts[1], parts[2]);
        }
    }

    @TestFactory
    Stream<DynamicTest> everySentenceOfTheTableIsJudgedRight() {
        return table().map(line ->
                DynamicTest.dynamicTest(
                        line.sentence(),
                        () ->
                                assertThat(found(line.sentence(), facts(line.so())))
                                        .isEqualTo(line.finds())));
    }

    @Test
    void theTableIsNotAFewSentences() {
        assertThat(table()).hasSizeGreaterThan(60);
        assertThat(table().filter(line -> line.finds().equals("ok"))).hasSizeGreaterThan(60);
    }

    /// A sentence that is true must stay so among others, and the false one among them is found.
    @Test
    void oneFalseSentenceIsFoundAmongTrueOnes() {
        var facts = facts("booked 2026-11-24T15:00");

        assertThat(
                        found(
                                "Great. Your cleaning is booked for Tuesday at 3 PM. "
                                        + "I've also sent you a confirmation text. Anything else?",
                                facts))
                .isEqualTo("text_sent");
    }

    @Test
    void aFailedToolBacksNothing() {
        var facts = new CallFacts(ZONE);
        facts.add("create_booking", ToolResult.error("I'm sorry.", Map.of()));

        assertThat(found("You're booked for Tuesday at three.", facts)).isEqualTo("booked");
    }

    @Test
    void whatAToolThatGaveNoAnswerMayHaveDoneIsUnknown() {
        var facts = new CallFacts(ZONE);
        facts.unknown("c1", "reschedule_booking");
        facts.unknown("c2", "check_schedule");

        assertThat(isUnknown("You're booked for Tuesday at three.", facts)).isTrue();
        assertThat(isUnknown("I've cancelled your appointment.", facts)).isTrue();
        assertThat(isUnknown("I've sent you the link.", facts)).isFalse();
    }

    @Test
    void anErrorOfAnotherCallDoesNotMakeItKnown() {
        var facts = new CallFacts(ZONE);
        facts.unknown("c1", "create_booking");

        facts.add("c2", "create_booking", ToolResult.error("Taken.", Map.of()));
        assertThat(isUnknown("You're booked for Tuesday at three.", facts)).isTrue();
        facts.add("c1", "create_booking", ToolResult.error("Closed.", Map.of()));
        assertThat(isUnknown("You're booked for Tuesday at three.", facts)).isFalse();
    }

    @Test
    void aSuccessThatFollowsMakesItKnown() {
        var facts = new CallFacts(ZONE);
        facts.unknown("c1", "create_booking");

        facts.add(
                "c2",
                "create_booking",
                ToolResult.success("It stands.", Map.of("slot", "2026-11-24T15:00:00-05:00")));

        assertThat(isUnknown("You're booked for Tuesday at four.", facts)).isFalse();
        assertThat(found("You're booked for Tuesday at three.", facts)).isEqualTo("ok");
    }

    @Test
    void theLaterTimeOfAMovedAppointmentCounts() {
        var facts = facts("booked 2026-11-24T15:00 + moved 2026-11-27T09:30");

        assertThat(found("You're booked for Friday at 9:30.", facts)).isEqualTo("ok");
        assertThat(found("You're booked for Tuesday at three.", facts)).isEqualTo("booked*");
    }

    @Test
    void aCancelledAppointmentIsNoLongerBooked() {
        var facts = facts("booked 2026-11-24T15:00 + cancelled 2026-11-24T15:00");

        assertThat(found("You're booked for Tuesday at three.", facts)).isEqualTo("booked");
    }

    @Test
    void theCorrectionNamesTheSentenceOfTheSystem() {
        var claim =
                GATE.check(
                        "You're booked for Tuesday at four.",
                        facts("booked 2026-11-24T15:00"),
                        NOW);

        assertThat(claim.orElseThrow().correction())
                .contains("You're booked for Tuesday at four.")
                .contains("script of booked 2026-11-24T15:00");
    }

    @Test
    void whatNothingBacksIsTakenBack() {
        var claim = GATE.check("I've cancelled your appointment.", facts("nothing"), NOW);

        assertThat(claim.orElseThrow().correction())
                .contains("No appointment was cancelled in this call.");
    }

    /// Its words may name a person.
    @Test
    void aClaimIsNotPrintedWithItsWords() {
        var claim = GATE.check("I've cancelled your appointment, Jane.", facts("nothing"), NOW);

        assertThat(claim).isPresent();
        assertThat(claim.get().toString()).isEqualTo("UnbackedClaim[CANCELLED]");
    }

    private static boolean isUnknown(String said, CallFacts facts) {
        return GATE.check(said, facts, NOW).orElseThrow().isUnknown();
    }

    private static String found(String sentence, CallFacts facts) {
        Optional<UnbackedClaim> claim = GATE.check(sentence, facts, NOW);
        return claim.map(found ->
                        found.kind().name().toLowerCase(Locale.ROOT)
                                + (found.truth().isPresent() ? "*" : ""))
                .orElse("ok");
    }

    private static CallFacts facts(String so) {
        var facts = new CallFacts(ZONE);
        for (String one : so.split(" \\+ ")) {
            String[] words = one.split(" ");
            String at = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "nothing" -> {}
                case "booked" -> facts.add("create_booking", done(one, at));
                case "moved" -> facts.add("reschedule_booking", done(one, at));
                case "cancelled" -> facts.add("cancel_booking", done(one, at));
                case "listed" ->
                        facts.add(
                                "list_bookings",
                                ToolResult.success("script", Map.of("bookings", List.of(row(at)))));
                case "message" -> facts.add("take_message", ToolResult.success("", Map.of()));
                case "ticket" -> facts.add("create_ticket", ToolResult.success("", Map.of()));
                case "text" -> facts.add("send_booking_link", ToolResult.success("", Map.of()));
                case "known" -> facts.known(instant(at), "confirmed");
                case "known-cancelled" -> facts.known(instant(at), "cancelled");
                default -> throw new IllegalArgumentException(one);
            }
        }
        return facts;
    }

    private static ToolResult done(String what, String at) {
        return ToolResult.success("script of " + what, row(at));
    }

    private static Map<String, Object> row(String at) {
        return Map.of(
                "booking_id",
                "b1",
                "slot",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant(at).atZone(ZONE)));
    }

    private static Instant instant(String at) {
        return LocalDateTime.parse(at).atZone(ZONE).toInstant();
    }

    private static Stream<Line> table() {
        try (var file = TruthGateTest.class.getResourceAsStream("/truth/sentences.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Line::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
