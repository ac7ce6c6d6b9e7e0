package org.telephonystack.action.tool;

import org.telephonystack.action.booking.Availability;
import org.telephonystack.action.booking.Slot;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says what a look into the calendar came to.
final class AvailabilityScript {

    private AvailabilityScript() {}

    /// @param looked what it means to have looked and found something: an offer is a success for who asked for one, and an
    ///     error for who wanted to book something else
    static ToolResult answer(Availability availability, Outcome looked) {
        return switch (availability) {
            case Availability.Offer offer ->
                    new ToolResult(looked, sentence(offer), details(offer));
            case Availability.NothingFree(var business) ->
                    none(looked, Script.of(business).say(Phrase.NOTHING_FREE));
            case Availability.BeyondHorizon(var business, var lastDay) -> {
                Script script = Script.of(business);
                yield none(
                        looked,
                        script.say(Phrase.BEYOND_HORIZON, Map.of("day", script.day(lastDay))));
            }
            case Availability.UnclearTime(var business) ->
                    none(Outcome.ERROR, Script.of(business).say(Phrase.UNCLEAR_TIME));
            case Availability.WhichService(var business, var named) ->
                    whichService(business, named);
            case Availability.NotSetUp() ->
                    none(Outcome.ERROR, Script.of("en").say(Phrase.NOT_SET_UP));
        };
    }

    /// With the offset of the business's zone, so that it can be sent back as it is.
    static String iso(Instant start, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start.atZone(zone));
    }

    private static String sentence(Availability.Offer offer) {
        Script script = Script.of(offer.business());
        ZoneId zone = offer.business().profile().zone();
        var values = new LinkedHashMap<String, String>();
        values.put("slot", script.moment(offer.slot().start(), zone));
        offer.wish().ifPresent(wish -> values.put("wish", script.moment(wish, zone)));
        offer.day().ifPresent(day -> values.put("day", script.day(day)));
        return script.say(phrase(offer.match()), values);
    }

    private static Phrase phrase(Availability.Match match) {
        return switch (match) {
            case AS_WISHED -> Phrase.OFFER;
            case WISH_IS_TAKEN -> Phrase.OFFER_TAKEN;
            case WISH_IS_CLOSED -> Phrase.OFFER_CLOSED;
            case WISH_IS_PAST -> Phrase.OFFER_PAST;
            case WISH_IS_TOO_SOON -> Phrase.OFFER_TOO_SOON;
            case DAY_IS_FULL -> Phrase.OFFER_DAY_FULL;
            case PART_IS_FULL -> Phrase.OFFER_PART_FULL;
        };
    }

    private static Map<String, Object> details(Availability.Offer offer) {
        ZoneId zone = offer.business().profile().zone();
        var details = new LinkedHashMap<String, Object>();
        details.put("available", true);
        details.put("slot", iso(offer.slot().start(), zone));
        details.put("service", offer.service().name());
        details.put(
                "alternatives",
                offer.alternatives().stream().map(Slot::start).map(at -> iso(at, zone)).toList());
        return details;
    }

    private static ToolResult whichService(Business business, boolean named) {
        Script script = Script.of(business);
        List<String> labels = business.services().stream().map(Service::label).toList();
        String sentence =
                script.say(
                        named ? Phrase.UNKNOWN_SERVICE : Phrase.WHICH_SERVICE,
                        Map.of("services", named ? script.allOf(labels) : script.anyOf(labels)));
        var details = new LinkedHashMap<String, Object>();
        details.put("available", false);
        details.put("services", business.services().stream().map(Service::name).toList());
        return ToolResult.error(sentence, details);
    }

    private static ToolResult none(Outcome outcome, String sentence) {
        return new ToolResult(outcome, sentence, Map.of("available", false));
    }
}
