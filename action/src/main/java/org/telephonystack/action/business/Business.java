package org.telephonystack.action.business;

import java.util.List;

/// Everything an operator decides about the business, from one file (`docs/business-file.md`).
///
/// @param resources names of what an appointment needs one of: chairs, rooms, people
public record Business(
        Profile profile,
        BookingRules rules,
        OpeningHours hours,
        List<Service> services,
        List<String> resources) {

    public Business {
        services = List.copyOf(services);
        resources = List.copyOf(resources);
    }
}
