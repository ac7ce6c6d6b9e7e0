package org.telephonystack.action.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

class ScriptTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Pattern PLACE = Pattern.compile("\\{[a-z]+}");

    @ParameterizedTest
    @EnumSource(Phrase.class)
    void everySentenceIsThereInBothLanguagesWithTheSamePlaces(Phrase phrase) {
        String english = Script.of("en").say(phrase);
        String spanish = Script.of("es").say(phrase);

        assertThat(english).isNotEqualTo(spanish);
        assertThat(places(spanish)).isEqualTo(places(english));
    }

    @Test
    void timesAreSpokenAsPeopleDo() {
        Instant three = Instant.parse("2026-11-24T20:00:00Z");
        Instant halfPast = Instant.parse("2026-11-24T20:30:00Z");

        assertThat(Script.of("en").moment(three, NEW_YORK))
                .isEqualTo("Tuesday, November 24 at 3 PM");
        assertThat(Script.of("en-GB").moment(halfPast, NEW_YORK))
                .isEqualTo("Tuesday, November 24 at 3:30 PM");
        assertThat(Script.of("es-MX").moment(halfPast, NEW_YORK))
                .isEqualTo("martes 24 de noviembre a las 15:30");
        assertThat(Script.of("es").moment(Instant.parse("2026-11-24T06:00:00Z"), NEW_YORK))
                .isEqualTo("martes 24 de noviembre a la 1:00");
        assertThat(Script.of("en").moment(Instant.parse("2026-11-24T06:30:00Z"), NEW_YORK))
                .isEqualTo("Tuesday, November 24 at 1:30 AM");
        assertThat(Script.of("en").day(LocalDate.of(2026, 11, 24)))
                .isEqualTo("Tuesday, November 24");
    }

    @Test
    void aLanguageWeDoNotSpeakIsAnsweredInEnglish() {
        assertThat(Script.of("tlh").say(Phrase.GOODBYE_PLAIN))
                .isEqualTo("Thank you for calling. Goodbye!");
    }

    @Test
    void listsAreSpokenAsPeopleDo() {
        Script english = Script.of("en");

        assertThat(english.allOf(List.of())).isEmpty();
        assertThat(english.allOf(List.of("a"))).isEqualTo("a");
        assertThat(english.allOf(List.of("a", "b"))).isEqualTo("a and b");
        assertThat(english.anyOf(List.of("a", "b", "c"))).isEqualTo("a, b or c");
    }

    private static Set<String> places(String sentence) {
        return PLACE.matcher(sentence)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
