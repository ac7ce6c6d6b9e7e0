package org.telephonystack.action.recovery;

import org.telephonystack.model.CallOutcome;

/// What a lost caller reads: one GSM-7 segment (160 characters) with a name of usual length, so no accents beyond those
/// of that alphabet.
final class RecoveryText {

    private static final int LONGEST_NAME = 40;

    private RecoveryText() {}

    /// @param firstContact whether this number never got a text from us: it is told how to get no more
    static String of(Business business, CallOutcome outcome, boolean firstContact) {
        boolean spanish = business.language().startsWith("es");
        String apology =
                outcome == CallOutcome.MODEL_FAILED
                        ? spanish
                                ? "Perdone, se ha perdido la llamada. ¿En qué le podemos ayudar?"
                                : "Sorry, we lost connection. How can I help you?"
                        : spanish
                                ? "Perdone, se ha cortado la llamada. Responda aqui o llame cuando"
                                        + " quiera."
                                : "Sorry we got cut off! Reply here or call back anytime.";
        String signature = business.name().map(name -> " - " + shortened(name)).orElse("");
        String optOut =
                !firstContact
                        ? ""
                        : spanish
                                ? " Responda STOP para no recibir mensajes."
                                : " Reply STOP to opt out.";
        return apology + signature + (optOut.isEmpty() || signature.isEmpty() ? "" : ".") + optOut;
    }

    private static String shortened(String name) {
        String line = name.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME).strip();
    }
}
