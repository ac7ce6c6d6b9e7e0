package org.telephonystack.stream.wiring;

import io.quarkus.runtime.StartupEvent;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;

import org.telephonystack.quarkus.SettingOrder;

/// Settings that are well by themselves and wrong together: one line a problem on stderr, and the process ends.
final class StartCheck {

    static final SettingOrder ORDER =
            new SettingOrder()
                    .longer(
                            "telephony.stream.drain-limit",
                            "telephony.call.hand-over-within",
                            "a process that leaves would cut calls off before they are handed over and written down");

    private StartCheck() {}

    /// Before anything else that a start sets off.
    static void onStart(@Observes @Priority(1) StartupEvent event) {
        SettingOrder.stopFor(ORDER.problems());
    }
}
