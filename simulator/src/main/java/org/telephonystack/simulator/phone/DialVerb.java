package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.phone.CallEvent.Kind;
import org.telephonystack.simulator.twiml.Verb;
import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.TwilioError;

import java.util.Map;
import java.util.stream.Collectors;

/// One `<Dial>`: the plan decides whether a person answers; the legs report to their own status callback.
final class DialVerb {

    private final LiveCall call;
    private final TwimlRunner runner;
    private final Verb.Dial dial;
    private final String legSid = Sids.random("CA");
    private int sequence;

    DialVerb(LiveCall call, TwimlRunner runner, Verb.Dial dial) {
        this.call = call;
        this.runner = runner;
        this.dial = dial;
    }

    void begin() {
        String numbers =
                dial.numbers().stream()
                        .map(Verb.DialNumber::number)
                        .collect(Collectors.joining(", "));
        runner.begin(Kind.DIAL, numbers);
        String callerId = dial.callerId().orElse(call.plan().from());
        if (!callerId.equals(call.plan().from()) && !callerId.equals(call.settings().number())) {
            call.journal().complain(TwilioError.DIAL_CALLER_ID, callerId);
            ended("failed", 0);
            return;
        }
        tellLegs("initiated", "initiated");
        tellLegs("ringing", "ringing");
        CallerPlan.DialAnswer human = call.plan().human();
        boolean answered = human.status().equals("completed");
        var ringing =
                answered || human.ringing().compareTo(dial.timeout()) < 0
                        ? human.ringing()
                        : dial.timeout();
        runner.after(
                ringing,
                () -> {
                    if (!answered) {
                        ended(human.status(), 0);
                        return;
                    }
                    tellLegs("answered", "in-progress");
                    runner.after(
                            human.talking(), () -> ended("completed", human.talking().toSeconds()));
                });
    }

    private void ended(String status, long seconds) {
        tellLegs("completed", status);
        runner.goOn(
                dial.action(),
                Map.of(
                        "DialCallStatus",
                        status,
                        "DialCallSid",
                        legSid,
                        "DialCallDuration",
                        String.valueOf(seconds),
                        "DialBridged",
                        String.valueOf(status.equals("completed"))));
    }

    private void tellLegs(String event, String callStatus) {
        int number = sequence++;
        for (Verb.DialNumber leg : dial.numbers()) {
            if (leg.statusCallbackEvents().contains(event)) {
                leg.statusCallback()
                        .ifPresent(to ->
                                call.callback(
                                        CallbackFaults.Kind.DIAL_LEG,
                                        runner.resolve(to.url()),
                                        call.parameters()
                                                .leg(legSid, leg.number(), callStatus, number)));
            }
        }
    }
}
