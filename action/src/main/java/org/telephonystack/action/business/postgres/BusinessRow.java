package org.telephonystack.action.business.postgres;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;

import org.telephonystack.action.business.BookingRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.OpeningHours;
import org.telephonystack.action.business.OpeningHours.Range;
import org.telephonystack.action.business.OpeningHours.SpecialDay;
import org.telephonystack.action.business.Profile;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.PhoneNumber;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the whole business in one round trip.
final class BusinessRow {

    static final String SELECT =
            """
            select b.name, b.time_zone, b.language, b.persona, b.voice, b.disclosure, b.transfer_number, b.booking_link,
                   b.slot_step_minutes, b.lead_minutes, b.horizon_days,
                   (select coalesce(json_agg(json_build_object('name', s.name, 'label', s.label,
                                                               'minutes', s.duration_minutes, 'buffer', s.buffer_minutes)
                                             order by s.name), '[]')
                    from services s where s.active) services,
                   (select coalesce(json_agg(r.name order by r.name), '[]') from resources r where r.active) resources,
                   (select coalesce(json_agg(json_build_object('weekday', h.weekday, 'opens', to_char(h.opens, 'HH24:MI'),
                                                               'closes', to_char(h.closes, 'HH24:MI'))
                                             order by h.weekday, h.opens), '[]')
                    from opening_hours h) hours,
                   (select coalesce(json_agg(json_build_object('day', to_char(e.day, 'YYYY-MM-DD'), 'label', e.label,
                                                               'opens', to_char(e.opens, 'HH24:MI'),
                                                               'closes', to_char(e.closes, 'HH24:MI'))
                                             order by e.day, e.opens), '[]')
                    from opening_exceptions e) exceptions
            from business b
            """;

    private BusinessRow() {}

    static Business read(Row row) {
        return new Business(
                new Profile(
                        row.getString("name"),
                        ZoneId.of(row.getString("time_zone")),
                        row.getString("language"),
                        row.getString("persona"),
                        row.getString("voice"),
                        Optional.ofNullable(row.getString("disclosure")),
                        PhoneNumber.parse(row.getString("transfer_number")),
                        Optional.ofNullable(row.getString("booking_link"))),
                new BookingRules(
                        Duration.ofMinutes(row.getInteger("slot_step_minutes")),
                        Duration.ofMinutes(row.getInteger("lead_minutes")),
                        row.getInteger("horizon_days")),
                new OpeningHours(weekly(row), exceptions(row)),
                objects(row, "services").map(BusinessRow::service).toList(),
                array(row, "resources").stream().map(String::valueOf).toList());
    }

    private static Service service(JsonObject json) {
        return new Service(
                json.getString("name"),
                json.getString("label"),
                Duration.ofMinutes(json.getInteger("minutes")),
                Duration.ofMinutes(json.getInteger("buffer")));
    }

    private static Map<DayOfWeek, List<Range>> weekly(Row row) {
        var weekly = new EnumMap<DayOfWeek, List<Range>>(DayOfWeek.class);
        objects(row, "hours")
                .forEach(json ->
                        weekly.computeIfAbsent(
                                        DayOfWeek.of(json.getInteger("weekday")),
                                        day -> new ArrayList<>())
                                .add(range(json)));
        return weekly;
    }

    private static Map<LocalDate, SpecialDay> exceptions(Row row) {
        var exceptions = new HashMap<LocalDate, SpecialDay>();
        objects(row, "exceptions")
                .forEach(json -> {
                    LocalDate day = LocalDate.parse(json.getString("day"));
                    var special =
                            exceptions.computeIfAbsent(
                                    day,
                                    unseen ->
                                            new SpecialDay(
                                                    Optional.ofNullable(json.getString("label")),
                                                    new ArrayList<>()));
                    if (json.getString("opens") != null) {
                        special.hours().add(range(json));
                    }
                });
        return exceptions;
    }

    private static Range range(JsonObject json) {
        return new Range(
                LocalTime.parse(json.getString("opens")),
                LocalTime.parse(json.getString("closes")));
    }

    private static Stream<JsonObject> objects(Row row, String column) {
        return array(row, column).stream().map(JsonObject.class::cast);
    }

    private static JsonArray array(Row row, String column) {
        return (JsonArray) row.getJson(column);
    }
}
