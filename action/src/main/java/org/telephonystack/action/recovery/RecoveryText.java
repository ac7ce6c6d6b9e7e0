package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.recovery.RecoveryPolicy.Appointment;
import org.telephonystack.action.sms.Gsm7;
import org.telephonystack.model.CallOutcome;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// What a lost caller reads, by what happened to them: one GSM-7 segment (160 characters), so accents that this alphabet
/// does not have are left out, and a long name is shortened.
final class RecoveryText {

    private static final int SEGMENT = 160;
    private static final int LONGEST_NAME = 40;

    /// How the caller was lost.
    enum Loss {
        /// They never heard anybody.
        NEVER_CONNECTED,
        /// The assistant went away; the conversation can go on by text.
        ASSISTANT_GONE,
        CUT_OFF;

        static Loss of(CallFacts facts, CallOutcome outcome) {
            if (facts.stream().startedAt().isEmpty()) {
                return NEVER_CONNECTED;
            }
            return outcome == CallOutcome.MODEL_FAILED ? ASSISTANT_GONE : CUT_OFF;
        }
    }

    private RecoveryText() {}

    /// @param firstContact whether this number never got a text from us: it is told how to get no more
    static String of(
            Business business, Loss loss, Optional<Appointment> appointment, boolean firstContact) {
        boolean spanish = business.language().startsWith("es");
        String message =
                appointment
                        .map(one -> about(one, business, spanish))
                        .orElseGet(() -> spanish ? spanish(loss) : english(loss));
        String optOut =
                !firstContact
                        ? ""
                        : spanish
                                ? " Responda STOP para no recibir mensajes."
                                : " Reply STOP to opt out.";
        int left = SEGMENT - message.length() - optOut.length() - " - .".length();
        String signature =
                business.name()
                        .map(name -> shortened(Gsm7.plain(name), Math.min(left, LONGEST_NAME)))
                        .filter(name -> !name.isEmpty())
                        .map(name -> " - " + name)
                        .orElse("");
        return message + signature + (optOut.isEmpty() || signature.isEmpty() ? "" : ".") + optOut;
    }

    private static String english(Loss loss) {
        return switch (loss) {
            case NEVER_CONNECTED ->
                    "Sorry we couldn't take your call! Reply here or call back anytime.";
            case ASSISTANT_GONE -> "Sorry, we lost connection. How can I help you?";
            case CUT_OFF -> "Sorry we got cut off! Reply here or call back anytime.";
        };
    }

    private static String spanish(Loss loss) {
        return switch (loss) {
            case NEVER_CONNECTED ->
                    "Perdone, no hemos podido atenderle. Responda aqui o llame cuando quiera.";
            case ASSISTANT_GONE -> "Perdone, se ha perdido la llamada. ¿En qué le podemos ayudar?";
            case CUT_OFF ->
                    "Perdone, se ha cortado la llamada. Responda aqui o llame cuando quiera.";
        };
    }

    private static String about(Appointment appointment, Business business, boolean spanish) {
        String when =
                Gsm7.plain(
                        DateTimeFormatter.ofPattern(
                                        spanish ? "EEE d MMM, H:mm" : "EEE, MMM d, h:mm a",
                                        spanish ? Locale.of("es", "ES") : Locale.US)
                                .format(appointment.start().atZone(business.zone())));
        if (appointment.booked()) {
            return spanish
                    ? "Perdone, se ha cortado. Su cita del " + when + " queda reservada."
                    : "Sorry we got cut off! Your appointment on " + when + " is booked.";
        }
        return spanish
                ? "Perdone, se ha cortado. La cita del "
                        + when
                        + " no esta reservada: responda o llame."
                : "Sorry we got cut off! " + when + " is not booked yet: reply here or call back.";
    }

    /// Between characters that count for two it may end a little earlier than it must.
    private static String shortened(String name, int longest) {
        String line = name.strip().replaceAll("\\s+", " ");
        int end = line.length();
        while (Gsm7.length(line.substring(0, end)) > longest) {
            end--;
        }
        return line.substring(0, end).strip();
    }
}
