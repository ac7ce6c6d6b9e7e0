package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.say;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.world.World;

import java.util.List;

/// The lines operators grep for, to the letter, from processes that run under `LC_ALL=C`.
@ExtendWith(Worlds.class)
class ContractLogLinesIT {

    @Test
    void aWholeCallPrintsEveryLineOfTheContract(World world) {
        var calls = new Calls(world);

        CallRecord record =
                calls.play(
                        "+14155550177",
                        ModelScript.greeting(say("Hi Aisha!")),
                        new CallerStep.WaitForAssistant(),
                        new CallerStep.HangUp());
        calls.outcome(record.callSid());

        String trace = record.callSid().substring(2);
        List<String> lines = calls.logLines(trace);
        for (String expected :
                List.of(
                        "[Frontdoor] 📞 Call Incoming. Trace: " + trace,
                        "[Stream] 🚀 Call Started | Caller: +14155550177",
                        "[Stream] 👤 Client Identified | Client: Aisha Khan",
                        "[Stream] 🎙️ Greeting Triggered",
                        "[Stream] ✅ Response Complete",
                        "[Stream] 📴 Call Ended",
                        "[Action] 📊 Status Update | Status: completed")) {
            assertThat(lines)
                    .as(expected)
                    .anyMatch(line -> line.endsWith(expected) || line.contains(expected + " | "));
        }
    }
}
