package org.telephonystack.action.business;

import org.telephonystack.model.PhoneNumber;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Who does not get the assistant, as the business file says it. Apart from [Business], which every tool call reads.
///
/// @param blocked numbers that are not answered
public record AdmissionRules(List<PhoneNumber> blocked, Limits aDay, Limits aDayPerCaller) {

    public static final AdmissionRules NONE =
            new AdmissionRules(List.of(), Limits.NONE, Limits.NONE);

    /// What is not named here, the service's settings limit; money they do not.
    ///
    /// @param minutes with the voice model
    /// @param cost in the currency of the configured prices
    public record Limits(Optional<Integer> minutes, Optional<BigDecimal> cost) {

        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
    }

    public AdmissionRules {
        blocked = List.copyOf(blocked);
    }

    public boolean limitCost() {
        return aDay.cost().isPresent() || aDayPerCaller.cost().isPresent();
    }
}
