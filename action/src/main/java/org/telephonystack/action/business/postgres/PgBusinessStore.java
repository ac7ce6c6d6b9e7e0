package org.telephonystack.action.business.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.OpeningHours.Range;
import org.telephonystack.action.business.OpeningHours.SpecialDay;
import org.telephonystack.action.business.Profile;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.PhoneNumber;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The business in `business`, `services`, `resources`, `opening_hours` and `opening_exceptions`; whom it blocks in
/// `blocked_callers`.
public final class PgBusinessStore implements BusinessStore {

    private static final String UPSERT_BUSINESS =
            """
            insert into business (name, time_zone, language, persona, voice, disclosure, transfer_number, booking_link,
                                  slot_step_minutes, lead_minutes, horizon_days,
                                  minutes_a_day, minutes_a_day_per_caller, cost_a_day, cost_a_day_per_caller)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            on conflict (only_row) do update
            set name = excluded.name, time_zone = excluded.time_zone, language = excluded.language,
                persona = excluded.persona, voice = excluded.voice, disclosure = excluded.disclosure,
                transfer_number = excluded.transfer_number, booking_link = excluded.booking_link,
                slot_step_minutes = excluded.slot_step_minutes, lead_minutes = excluded.lead_minutes,
                horizon_days = excluded.horizon_days, minutes_a_day = excluded.minutes_a_day,
                minutes_a_day_per_caller = excluded.minutes_a_day_per_caller, cost_a_day = excluded.cost_a_day,
                cost_a_day_per_caller = excluded.cost_a_day_per_caller, applied_at = now()
            """;

    private static final String UPSERT_SERVICE =
            """
            insert into services (name, label, duration_minutes, buffer_minutes) values ($1, $2, $3, $4)
            on conflict (name) do update
            set label = excluded.label, duration_minutes = excluded.duration_minutes,
                buffer_minutes = excluded.buffer_minutes, active = true
            """;

    private static final String RETIRE_SERVICES =
            "update services set active = false where active and name <> all ($1)";

    private static final String UPSERT_RESOURCE =
            "insert into resources (name) values ($1) on conflict (name) do update set active = true";

    private static final String RETIRE_RESOURCES =
            "update resources set active = false where active and name <> all ($1)";

    private static final String INSERT_HOURS =
            "insert into opening_hours (weekday, opens, closes) values ($1, $2, $3)";

    private static final String INSERT_EXCEPTION =
            "insert into opening_exceptions (day, opens, closes, label) values ($1, $2, $3, $4)";

    /// What a command blocked stays.
    private static final String UNBLOCK =
            "delete from blocked_callers where by_file and not by_command and phone <> all ($1)";

    private static final String LEAVE_TO_COMMAND =
            "update blocked_callers set by_file = false where by_file and phone <> all ($1)";

    private static final String BLOCK =
            """
            insert into blocked_callers as b (phone, by_command, by_file) select unnest($1::text[]), false, true
            on conflict (phone) do update set by_file = true where not b.by_file
            """;

    private final Pool pool;

    public PgBusinessStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Optional<Business>> load() {
        return pool.query(BusinessRow.SELECT)
                .execute()
                .map(rows ->
                        rows.size() == 0
                                ? Optional.<Business>empty()
                                : Optional.of(BusinessRow.read(rows.iterator().next())))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> apply(Business business, AdmissionRules rules) {
        // The row of the business comes first: it makes two who apply at once wait for each other.
        return pool.withTransaction(connection ->
                        upsertBusiness(connection, business, rules)
                                .chain(() -> replaceServices(connection, business))
                                .chain(() -> replaceResources(connection, business))
                                .chain(() -> replaceHours(connection, business))
                                .chain(() -> replaceBlocked(connection, rules)))
                .subscribeAsCompletionStage();
    }

    private static Uni<Void> upsertBusiness(
            SqlConnection connection, Business business, AdmissionRules rules) {
        Profile profile = business.profile();
        Tuple values = Tuple.tuple();
        values.addString(profile.name())
                .addString(profile.zone().getId())
                .addString(profile.language())
                .addString(profile.persona())
                .addString(profile.voice())
                .addValue(profile.disclosure().orElse(null))
                .addValue(profile.transferNumber().map(PhoneNumber::e164).orElse(null))
                .addValue(profile.bookingLink().orElse(null))
                .addInteger((int) business.rules().step().toMinutes())
                .addInteger((int) business.rules().lead().toMinutes())
                .addInteger(business.rules().horizonDays())
                .addValue(rules.aDay().minutes().orElse(null))
                .addValue(rules.aDayPerCaller().minutes().orElse(null))
                .addValue(rules.aDay().cost().orElse(null))
                .addValue(rules.aDayPerCaller().cost().orElse(null));
        return run(connection, UPSERT_BUSINESS, List.of(values));
    }

    private static Uni<Void> replaceServices(SqlConnection connection, Business business) {
        List<Tuple> rows = business.services().stream().map(PgBusinessStore::row).toList();
        String[] names = business.services().stream().map(Service::name).toArray(String[]::new);
        return run(connection, UPSERT_SERVICE, rows)
                .chain(() ->
                        run(
                                connection,
                                RETIRE_SERVICES,
                                List.of(Tuple.tuple().addArrayOfString(names))));
    }

    private static Tuple row(Service service) {
        return Tuple.of(
                service.name(),
                service.label(),
                (int) service.duration().toMinutes(),
                (int) service.buffer().toMinutes());
    }

    private static Uni<Void> replaceResources(SqlConnection connection, Business business) {
        String[] names = business.resources().toArray(String[]::new);
        return run(
                        connection,
                        UPSERT_RESOURCE,
                        business.resources().stream().<Tuple>map(Tuple::of).toList())
                .chain(() ->
                        run(
                                connection,
                                RETIRE_RESOURCES,
                                List.of(Tuple.tuple().addArrayOfString(names))));
    }

    private static Uni<Void> replaceHours(SqlConnection connection, Business business) {
        var hours = new ArrayList<Tuple>();
        for (Map.Entry<DayOfWeek, List<Range>> day : business.hours().weekly().entrySet()) {
            for (Range range : day.getValue()) {
                hours.add(Tuple.of((short) day.getKey().getValue(), range.opens(), range.closes()));
            }
        }
        var exceptions = new ArrayList<Tuple>();
        for (Map.Entry<LocalDate, SpecialDay> day : business.hours().exceptions().entrySet()) {
            String label = day.getValue().label().orElse(null);
            for (Range range : day.getValue().hours()) {
                exceptions.add(Tuple.of(day.getKey(), range.opens(), range.closes(), label));
            }
            if (day.getValue().hours().isEmpty()) {
                exceptions.add(Tuple.of(day.getKey(), null, null, label));
            }
        }
        return connection
                .query("delete from opening_hours; delete from opening_exceptions")
                .execute()
                .replaceWithVoid()
                .chain(() -> run(connection, INSERT_HOURS, hours))
                .chain(() -> run(connection, INSERT_EXCEPTION, exceptions));
    }

    private static Uni<Void> replaceBlocked(SqlConnection connection, AdmissionRules rules) {
        String[] numbers = rules.blocked().stream().map(PhoneNumber::e164).toArray(String[]::new);
        List<Tuple> all = List.of(Tuple.tuple().addArrayOfString(numbers));
        return run(connection, UNBLOCK, all)
                .chain(() -> run(connection, LEAVE_TO_COMMAND, all))
                .chain(() -> run(connection, BLOCK, all));
    }

    private static Uni<Void> run(SqlConnection connection, String sql, List<Tuple> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(sql).executeBatch(rows).replaceWithVoid();
    }
}
