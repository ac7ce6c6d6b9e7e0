package org.telephonystack.model.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.telephonystack.model.PhoneNumber;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AfterStreamTest {

    static List<AfterStream> answers() {
        return List.of(
                new AfterStream.HangUp(),
                new AfterStream.ConnectAgain(2),
                new AfterStream.ConnectAgain(3),
                new AfterStream.Dial(new PhoneNumber("+14155550199")),
                new AfterStream.Voicemail(),
                new AfterStream.Apologise(true),
                new AfterStream.Apologise(false),
                new AfterStream.Apologise(false, Optional.of(new PhoneNumber("+14155550199"))),
                new AfterStream.FullHouse(Optional.empty()),
                new AfterStream.FullHouse(Optional.of(new PhoneNumber("+14155550199"))),
                new AfterStream.Wait());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatIsWrittenIsReadBack(AfterStream answer) {
        assertThat(AfterStream.ofFields(answer.toFields())).contains(answer);
    }

    @Test
    void everyAnswerThereIsTriedAbove() {
        assertThat(answers().stream().map(Object::getClass).distinct())
                .hasSameElementsAs(List.of(AfterStream.class.getPermittedSubclasses()));
    }

    @Test
    void theWireIsTheContracts() {
        assertThat(new AfterStream.ConnectAgain(2).toFields())
                .isEqualTo(Map.of("then", "connect_again", "attempt", 2));
        assertThat(new AfterStream.Dial(new PhoneNumber("+14155550199")).toFields())
                .isEqualTo(Map.of("then", "dial", "number", "+14155550199"));
        assertThat(new AfterStream.Apologise(true).toFields())
                .isEqualTo(Map.of("then", "apologise", "promiseText", true));
    }

    /// Whose version knows no `full` still dials, or takes a message.
    @Test
    void aFullHouseIsAnAnswerThatOlderVersionsKnowToo() {
        var human = Optional.of(new PhoneNumber("+14155550199"));

        assertThat(new AfterStream.FullHouse(human).toFields())
                .isEqualTo(Map.of("then", "dial", "number", "+14155550199", "full", true));
        assertThat(new AfterStream.FullHouse(Optional.empty()).toFields())
                .isEqualTo(Map.of("then", "voicemail", "full", true));
    }

    @Test
    void aFurtherFieldIsIgnored() {
        assertThat(AfterStream.ofFields(Map.of("then", "hang_up", "since", 2)))
                .contains(new AfterStream.HangUp());
    }

    @Test
    void anAnswerThisVersionDoesNotKnowIsNone() {
        var nothing = new HashMap<String, Object>();
        nothing.put("then", null);

        assertThat(AfterStream.ofFields(Map.of())).isEmpty();
        assertThat(AfterStream.ofFields(nothing)).isEmpty();
        assertThat(AfterStream.ofFields(Map.of("then", "sing"))).isEmpty();
        assertThat(AfterStream.ofFields(Map.of("then", "connect_again"))).isEmpty();
        assertThat(AfterStream.ofFields(Map.of("then", "connect_again", "attempt", 1))).isEmpty();
        assertThat(AfterStream.ofFields(Map.of("then", "connect_again", "attempt", "2"))).isEmpty();
        assertThat(AfterStream.ofFields(Map.of("then", "dial", "number", "anonymous"))).isEmpty();
    }

    @Test
    void aTextIsPromisedOnlyWhereTheAnswerSaysSo() {
        assertThat(AfterStream.ofFields(Map.of("then", "apologise")))
                .contains(new AfterStream.Apologise(false));
        assertThat(AfterStream.ofFields(Map.of("then", "apologise", "promiseText", "true")))
                .contains(new AfterStream.Apologise(false));
    }
}
