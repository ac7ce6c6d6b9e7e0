package org.telephonystack.action.business.file;

import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.AdmissionRules.Limits;
import org.telephonystack.model.PhoneNumber;

import java.util.HashSet;
import java.util.List;

/// `blockedCallers` and `limits` of the file.
final class AdmissionReader {

    private static final int MOST_BLOCKED = 10_000;
    private static final int MINUTES_OF_A_HUNDRED_LINES = 100 * 24 * 60;
    private static final int MOST_MONEY = 1_000_000;

    private AdmissionReader() {}

    static AdmissionRules read(Section file) {
        Section limits = file.section("limits");
        limits.allowOnly("minutesADay", "minutesADayPerCaller", "costADay", "costADayPerCaller");
        return new AdmissionRules(
                blocked(file),
                new Limits(
                        limits.number("minutesADay", 1, MINUTES_OF_A_HUNDRED_LINES),
                        limits.amount("costADay", MOST_MONEY)),
                new Limits(
                        limits.number("minutesADayPerCaller", 1, MINUTES_OF_A_HUNDRED_LINES),
                        limits.amount("costADayPerCaller", MOST_MONEY)));
    }

    private static List<PhoneNumber> blocked(Section file) {
        List<PhoneNumber> blocked = file.numbers("blockedCallers");
        if (new HashSet<>(blocked).size() < blocked.size()) {
            file.problem("blockedCallers", "names one twice");
        }
        if (blocked.size() > MOST_BLOCKED) {
            file.problem("blockedCallers", "names more than " + MOST_BLOCKED);
        }
        return blocked;
    }
}
