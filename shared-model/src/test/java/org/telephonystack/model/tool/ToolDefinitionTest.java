package org.telephonystack.model.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.telephonystack.model.tool.ToolDefinition.Arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ToolDefinitionTest {

    record Table(
            @Describe(value = "Who asks.", maxLength = 5) String name,
            @Describe("How many.") Integer guests,
            @Describe("Outside?") Optional<Boolean> outside) {}

    private static final ToolDefinition<Table> TABLE =
            new ToolDefinition<>("book_table", "Book a table.", Table.class);

    @Test
    void theSchemaIsTheFlatFunctionOfTheRealtimeApi() {
        assertThat(TABLE.schema())
                .isEqualTo(
                        Map.of(
                                "type", "function",
                                "name", "book_table",
                                "description", "Book a table.",
                                "parameters",
                                        Map.of(
                                                "type",
                                                "object",
                                                "properties",
                                                Map.of(
                                                        "name",
                                                                Map.of(
                                                                        "type",
                                                                        "string",
                                                                        "description",
                                                                        "Who asks.",
                                                                        "maxLength",
                                                                        5),
                                                        "guests",
                                                                Map.of(
                                                                        "type",
                                                                        "integer",
                                                                        "description",
                                                                        "How many."),
                                                        "outside",
                                                                Map.of(
                                                                        "type",
                                                                        "boolean",
                                                                        "description",
                                                                        "Outside?")),
                                                "required",
                                                List.of("name", "guests"),
                                                "additionalProperties",
                                                false)));
    }

    /// The prompt cache compares bytes: all pods must write the same ones.
    @Test
    void theSchemaIsAlwaysInTheSameOrder() {
        assertThat(TABLE.schema().keySet())
                .containsExactly("type", "name", "description", "parameters");
        assertThat(TABLE.schema().get("parameters"))
                .hasToString(
                        "{type=object, properties={name={type=string, description=Who asks., maxLength=5}, "
                                + "guests={type=integer, description=How many.}, outside={type=boolean, description=Outside?}}, "
                                + "required=[name, guests], additionalProperties=false}");
    }

    @ParameterizedTest
    @FieldSource("org.telephonystack.model.tool.Tools#ALL")
    void everyToolWeOfferHasANameTheApiTakesAndADescription(ToolDefinition<?> tool) {
        assertThat(tool.name()).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(tool.description()).isNotBlank();
        assertThat(tool.schema()).containsKeys("type", "name", "description", "parameters");
        assertThat(Tools.named(tool.name())).contains(tool);
    }

    @Test
    void noToolIsNamedOtherwise() {
        assertThat(Tools.named("drop_table")).isEmpty();
        assertThat(Tools.ALL.stream().map(ToolDefinition::name)).doesNotHaveDuplicates();
    }

    @Test
    void validArgumentsBecomeTheRecord() {
        assertThat(TABLE.read(Map.of("name", "Anna", "guests", 2, "outside", true)))
                .isEqualTo(new Arguments.Valid<>(new Table("Anna", 2, Optional.of(true))));
    }

    @Test
    void whatMayBeLeftOutMayAlsoBeNullOrBlank() {
        var given = new HashMap<String, Object>();
        given.put("time", null);
        given.put("service", " ");

        assertThat(Tools.CHECK_SCHEDULE.read(given))
                .isEqualTo(
                        new Arguments.Valid<>(
                                new Tools.CheckSchedule(
                                        Optional.empty(), Optional.empty(), Optional.empty())));
        assertThat(Tools.LIST_TICKETS.read(Map.of()))
                .isEqualTo(
                        new Arguments.Valid<>(
                                new Tools.ListTickets(Optional.empty(), Optional.empty())));
    }

    @Test
    void namesNobodyAskedForAreIgnored() {
        assertThat(
                        Tools.CREATE_BOOKING.read(
                                Map.of("time", "2026-11-24T15:00", "phone", "+14155550199")))
                .isEqualTo(
                        new Arguments.Valid<>(
                                new Tools.CreateBooking("2026-11-24T15:00", Optional.empty())));
    }

    @Test
    void aMissingArgumentIsNamed() {
        assertThat(problem(Map.of("guests", 2))).isEqualTo("name is missing");
        assertThat(problem(Map.of("name", "  ", "guests", 2))).isEqualTo("name is missing");
    }

    @Test
    void anArgumentOfAnotherTypeIsNamed() {
        assertThat(problem(Map.of("name", 7, "guests", 2))).isEqualTo("name is no string");
        assertThat(problem(Map.of("name", Map.of("first", "Anna"), "guests", 2)))
                .isEqualTo("name is no string");
        assertThat(problem(Map.of("name", "Anna", "guests", "two")))
                .isEqualTo("guests is no integer");
        assertThat(problem(Map.of("name", "Anna", "guests", 2, "outside", "yes")))
                .isEqualTo("outside is no boolean");
    }

    @Test
    void anOverlongTextIsRefused() {
        assertThat(problem(Map.of("name", "Annika", "guests", 2)))
                .isEqualTo("name is longer than 5 characters");
    }

    @Test
    void aWholeNumberMayComeInAnyClothes() {
        for (Number two :
                List.<Number>of(2, 2L, 2.0, (short) 2, BigInteger.TWO, new BigDecimal("2.0"))) {
            assertThat(TABLE.read(Map.of("name", "Anna", "guests", two)))
                    .isEqualTo(new Arguments.Valid<>(new Table("Anna", 2, Optional.empty())));
        }
    }

    @Test
    void aNumberThatIsNotWholeOrTooLargeIsNotRoundedIntoOne() {
        for (Number wrong :
                List.<Number>of(
                        2.5, 4_294_967_298L, 1e30, Double.NaN, new BigInteger("4294967298"))) {
            assertThat(problem(Map.of("name", "Anna", "guests", wrong)))
                    .isEqualTo("guests is no integer");
        }
    }

    @Test
    void aToolWithAnUndescribedOrStrangeParameterIsADefect() {
        record Undescribed(String name) {}
        record Strange(@Describe("When.") java.time.Instant at) {}

        assertThatThrownBy(() -> new ToolDefinition<>("a", "b", Undescribed.class).schema())
                .hasMessageContaining("no @Describe");
        assertThatThrownBy(() -> new ToolDefinition<>("a", "b", Strange.class).schema())
                .hasMessageContaining("java.time.Instant");
    }

    @Test
    void aResultIsWrittenOutcomeFirstAndScriptLast() {
        var details = new LinkedHashMap<String, Object>();
        details.put("available", true);
        details.put("slot", "2026-11-24T15:00");

        assertThat(ToolResult.success("I have a slot.", details).toFields())
                .hasToString(
                        "{outcome=success, available=true, slot=2026-11-24T15:00, script=I have a slot.}");
        assertThat(ToolResult.error("Sorry.", Map.of()).toFields())
                .isEqualTo(Map.of("outcome", "error", "script", "Sorry."));
    }

    private static String problem(Map<String, ?> given) {
        return switch (TABLE.read(given)) {
            case Arguments.Invalid<Table>(String problem) -> problem;
            case Arguments.Valid<Table>(Table values) ->
                    throw new AssertionError("accepted: " + values);
        };
    }
}
