package org.telephonystack.stream.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

class EmergenciesTest {

    private final Emergencies emergencies = new Emergencies(Optional.empty());

    @TestFactory
    Stream<DynamicTest> everySentenceOfTheTableIsJudgedRight() {
        return table().map(line -> line.split(" \\| "))
                .map(line ->
                        DynamicTest.dynamicTest(
                                line[0], () -> assertThat(told(line[0])).isEqualTo(line[1])));
    }

    @Test
    void theNumberIsTheOneOfTheLanguage() {
        assertThat(emergencies.of("I need an ambulance"))
                .contains(
                        "If this is an emergency, please hang up now and call 911. "
                                + "They can help you right away.");
        assertThat(emergencies.of("necesito una ambulancia"))
                .contains(
                        "Si es una emergencia, cuelgue ahora y llame al 112. "
                                + "Le ayudarán de inmediato.");
    }

    @Test
    void aBusinessElsewhereNamesItsOwnNumber() {
        var british = new Emergencies(Optional.of("999"));

        assertThat(british.of("I need an ambulance").orElseThrow()).contains("call 999");
        assertThat(british.of("necesito una ambulancia").orElseThrow()).contains("al 999");
    }

    @Test
    void oneSentenceAmongOthersIsEnough() {
        assertThat(emergencies.of("It's about my dog. No wait, my wife can't breathe!"))
                .isPresent();
    }

    private String told(String said) {
        return emergencies
                .of(said)
                .map(line -> line.startsWith("If this") ? "en" : "es")
                .orElse("no");
    }

    private static Stream<String> table() {
        try (var file = EmergenciesTest.class.getResourceAsStream("/emergency/said.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
