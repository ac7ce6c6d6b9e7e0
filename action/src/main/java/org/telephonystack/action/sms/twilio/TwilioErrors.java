package org.telephonystack.action.sms.twilio;

import org.telephonystack.action.sms.SmsSender.Remedy;

/// What Twilio's refusals of a message ask for.
///
/// @see <a href="https://www.twilio.com/docs/api/errors">Twilio's error dictionary</a> (2026-11)
final class TwilioErrors {

    private TwilioErrors() {}

    /// Credentials that do not open the account, or an account that is closed for now: no text of it can be sent, and all of them can
    /// once a person has put it right.
    static boolean isAboutTheAccount(int httpStatus, int code) {
        return httpStatus == 401 || httpStatus == 403 || code == 20003;
    }

    static Remedy remedyOf(int httpStatus, int code) {
        return switch (code) {
            // The recipient said STOP to this sender; no such number; no mobile number; a landline.
            case 21610, 21211, 21614, 21635 -> Remedy.REMEMBER;
            // This pair of numbers cannot be routed.
            case 21612 -> Remedy.DROP;
            // Credentials; region not enabled; sender cannot text or is not ours; trial account;
            // body too long (our defect).
            case 20003, 21408, 21606, 21659, 21608, 21617, 21658 -> Remedy.OPERATOR;
            // Suspended accounts and restricted keys come with many codes; anything new deserves a
            // look.
            default -> httpStatus == 404 ? Remedy.DROP : Remedy.OPERATOR;
        };
    }
}
