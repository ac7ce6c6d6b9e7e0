package org.telephonystack.simulator.script;

import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls that have a name.
///
/// They need a business with a service `cleaning`, and [#MARIA] among its clients by the first name Maria.
public final class Scenarios {

    /// A client of the business.
    public static final String MARIA = "+14155550199";

    /// Another client; who, does not matter.
    public static final String JONAS = "+14155550142";

    /// Nobody knows this number.
    public static final String STRANGER = "+12125550199";

    private static final String LONG_ANSWER =
            "We are open Monday to Friday from nine to five, and on Saturday from ten to two. You can park behind the "
                    + "house, and the entrance is on Oak Street.";

    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();
    private static final CallerStep STAY = new CallerStep.WaitForEnd();
    private static final CallerStep BOOK = new CallerStep.Say("book");
    private static final CallerStep YES = new CallerStep.Say("yes");
    private static final CallerStep THANKS = new CallerStep.Say("thanks");

    private static final List<Scenario> ALL =
            List.of(
                    one(
                            "books",
                            "A known caller is greeted by name and books a cleaning.",
                            MARIA,
                            booking("Maria"),
                            WAIT,
                            BOOK,
                            WAIT,
                            YES,
                            WAIT,
                            THANKS,
                            STAY),
                    one(
                            "new-caller",
                            "Somebody nobody knows books a cleaning.",
                            STRANGER,
                            booking("there"),
                            WAIT,
                            BOOK,
                            WAIT,
                            YES,
                            WAIT,
                            THANKS,
                            STAY),
                    slotTaken(),
                    one(
                            "barge-in",
                            "The caller talks over a long answer, and the assistant stops at once.",
                            MARIA,
                            greeting("Maria")
                                    .onHearing("book", say(LONG_ANSWER))
                                    .onHearing(
                                            "wait", say("Of course. What would you like to know?"))
                                    .onHearing("thank", goodbye()),
                            WAIT,
                            BOOK,
                            over("interrupt", 1500),
                            WAIT,
                            THANKS,
                            STAY),
                    one(
                            "lost-model",
                            "The voice model goes away in the middle of an answer and does not come back.",
                            MARIA,
                            greeting("Maria")
                                    .onHearing(
                                            "book", new ModelStep.DropMidAnswer(LONG_ANSWER, true)),
                            WAIT,
                            BOOK,
                            STAY),
                    one(
                            "refused-session",
                            "The voice model refuses the settings of the session.",
                            MARIA,
                            greeting("Maria").with(ModelQuirk.REFUSE_SESSION_UPDATE),
                            STAY),
                    one(
                            "hang-up",
                            "The caller hangs up in the middle of a sentence.",
                            MARIA,
                            booking("Maria"),
                            WAIT,
                            new CallerStep.HangUpMidSentence("book", Duration.ofMillis(800))),
                    one(
                            "two-tools",
                            "The model calls two tools at once and tells both results.",
                            MARIA,
                            greeting("Maria")
                                    .onHearing(
                                            "book",
                                            say("Let me check that for you."),
                                            call("check_schedule", Map.of("service", "cleaning")),
                                            call("list_tickets"),
                                            sayScriptOf("list_tickets"),
                                            sayScriptOf("check_schedule"))
                                    .onHearing("thank", goodbye()),
                            WAIT,
                            BOOK,
                            WAIT,
                            THANKS,
                            STAY),
                    one(
                            "early-hello",
                            "The caller says hello before the assistant can, and is still greeted by name.",
                            MARIA,
                            greeting("Maria")
                                    .onHearing("hello", hello("Maria"))
                                    .onHearing("thank", goodbye()),
                            new CallerStep.Say("hello"),
                            WAIT,
                            THANKS,
                            STAY));

    private Scenarios() {}

    public static List<Scenario> all() {
        return ALL;
    }

    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    /// Greets, books what the caller agrees to, says goodbye. A caller whose slot was taken meanwhile may agree to the
    /// next one.
    public static ModelScript booking(String firstName) {
        return greeting(firstName)
                .onHearing(
                        "book",
                        say("One moment, please."),
                        call("check_schedule", Map.of("service", "cleaning")),
                        sayScriptOf("check_schedule"))
                .onHearing(
                        "yes",
                        call("create_booking", bookingOf("${check_schedule.slot}")),
                        sayScriptOf("create_booking"))
                .onHearing(
                        "yes",
                        call("create_booking", bookingOf("${create_booking.slot}")),
                        sayScriptOf("create_booking"))
                .onHearing("thank", goodbye());
    }

    private static Map<String, String> bookingOf(String slot) {
        return Map.of("time", slot, "service", "cleaning");
    }

    private static ModelScript greeting(String firstName) {
        return ModelScript.greeting(hello(firstName));
    }

    private static ModelStep hello(String firstName) {
        return say("Hello " + firstName + ", thank you for calling. How can I help you?");
    }

    private static ModelStep[] goodbye() {
        return new ModelStep[] {
            say("Thank you for calling. Goodbye!"),
            call("end_call", Map.of("reason", "the caller said goodbye"))
        };
    }

    private static Scenario slotTaken() {
        return new Scenario(
                "slot-taken",
                "Two callers are offered the same slot: one gets it, the other is told the truth and offered another.",
                List.of(
                        new Scenario.Part(
                                MARIA,
                                List.of(WAIT, BOOK, WAIT, YES, WAIT, THANKS, STAY),
                                booking("Maria")),
                        new Scenario.Part(
                                JONAS,
                                // Thinks it over until the other one has booked.
                                List.of(
                                        WAIT,
                                        BOOK,
                                        WAIT,
                                        new CallerStep.Pause(Duration.ofSeconds(8)),
                                        YES,
                                        WAIT,
                                        YES,
                                        WAIT,
                                        THANKS,
                                        STAY),
                                booking("there"))));
    }

    private static Scenario one(
            String name,
            String description,
            String number,
            ModelScript model,
            CallerStep... caller) {
        return new Scenario(
                name, description, List.of(new Scenario.Part(number, List.of(caller), model)));
    }

    private static CallerStep over(String clip, int afterMillis) {
        return new CallerStep.SayOver(clip, Duration.ofMillis(afterMillis));
    }
}
