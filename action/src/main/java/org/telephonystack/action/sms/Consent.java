package org.telephonystack.action.sms;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a received text says about receiving more: nothing, no, or yes again. The words are Twilio's defaults; with Advanced
/// Opt-Out Twilio tells the answer itself (`OptOutType`), also for words that an account chose.
public enum Consent {
    UNCHANGED,
    WITHDRAWN,
    GIVEN;

    private static final Set<String> NO =
            Set.of(
                    "STOP",
                    "UNSUBSCRIBE",
                    "END",
                    "QUIT",
                    "STOPALL",
                    "REVOKE",
                    "OPTOUT",
                    "CANCEL",
                    "ALTO",
                    "BAJA",
                    "PARAR",
                    "CANCELAR",
                    "REMOVE");
    private static final Set<String> YES = Set.of("START", "YES", "UNSTOP");

    /// Only a word that stands alone counts: "stop by at five?" withdraws nothing.
    public static Consent of(String body, Optional<String> optOutType) {
        String word =
                optOutType
                        .orElse(body)
                        .strip()
                        .replaceAll("[.!\"'\\-]", "")
                        .replaceAll("\\s+", "")
                        .toUpperCase(Locale.ROOT);
        return NO.contains(word) ? WITHDRAWN : YES.contains(word) ? GIVEN : UNCHANGED;
    }
}
