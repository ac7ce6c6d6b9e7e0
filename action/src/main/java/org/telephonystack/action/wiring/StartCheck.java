package org.telephonystack.action.wiring;

import io.quarkus.runtime.StartupEvent;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;

import org.telephonystack.quarkus.SettingOrder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Settings that are well by themselves and wrong together: one line a problem on stderr, and the process ends.
final class StartCheck {

    /// Twilio's own limit of `ValidityPeriod` (36000 s); it refuses what is longer (21624).
    private static final Duration LONGEST_VALIDITY = Duration.ofHours(10);

    static final SettingOrder ORDER =
            new SettingOrder()
                    .longer(
                            "telephony.tool.limit",
                            "telephony.tool.booking-limit",
                            "a caller would hear that a booking did not work, and it would be made after that")
                    .longer(
                            "telephony.reaper.lease",
                            "telephony.reaper.redirect-limit",
                            "a call would be redirected again while Twilio may still do what it was first told");

    private StartCheck() {}

    /// Before anything else that a start sets off.
    static void onStart(
            @Observes @Priority(1) StartupEvent event,
            RecoveryConfig recovery,
            TwilioConfig twilio) {
        List<String> problems =
                problems(
                        recovery.lease(),
                        twilio.connectTimeout(),
                        twilio.readTimeout(),
                        recovery.textValidity());
        problems.addAll(ORDER.problems());
        SettingOrder.stopFor(problems);
    }

    /// @param lease of a text that is being sent
    static List<String> problems(
            Duration lease, Duration connect, Duration read, Duration textValidity) {
        var problems = new ArrayList<String>();
        Duration answer = connect.plus(read);
        if (lease.compareTo(answer) <= 0) {
            problems.add(
                    "telephony.recovery.lease is %s: another process would look for a text that Twilio may still be answering for;"
                                    .formatted(lease)
                            + " set it to more than telephony.twilio.connect-timeout and read-timeout together ("
                            + answer
                            + ")");
        }
        if (textValidity.compareTo(LONGEST_VALIDITY) > 0
                || textValidity.compareTo(Duration.ofSeconds(1)) < 0) {
            problems.add(
                    "telephony.recovery.text-validity is %s: Twilio takes 1 to 36000 seconds and refuses every other text (21624)"
                            .formatted(textValidity));
        }
        return problems;
    }
}
