package org.telephonystack.e2e;

import static org.awaitility.Awaitility.await;

import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.vendor.VendorTypes;
import org.telephonystack.simulator.world.World;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// What the tests ask of a [World].
final class Calls {

    static final Duration PATIENCE = Duration.ofMillis(900);

    /// One row, every value as text; `null` for none.
    record Row(Map<String, String> columns) {

        String get(String column) {
            String value = columns.get(column);
            if (value == null) {
                throw new IllegalArgumentException("the query has no column " + column);
            }
            return value;
        }
    }

    private static final Path NOTES = Path.of("target", "calls");
    private static final Duration LONGEST_CALL = Duration.ofSeconds(90);
    private static final AtomicInteger NEXT_NUMBER = new AtomicInteger(5_550_000);

    private final World world;

    Calls(World world) {
        this.world = world;
    }

    /// A number that nobody else in this run calls from, and that is no client's.
    static String newNumber() {
        return "+1212" + NEXT_NUMBER.incrementAndGet();
    }

    CallRecord play(String number, ModelScript script, CallerStep... steps) {
        return play(CallerPlan.from(number), script, steps);
    }

    CallRecord play(CallerPlan plan, ModelScript script, CallerStep... steps) {
        return done(start(plan, script, steps));
    }

    CompletableFuture<CallRecord> start(CallerPlan plan, ModelScript script, CallerStep... steps) {
        world.model().script(plan.from(), script);
        return world.play(plan, List.of(steps))
                .thenApply(Calls::noteDown)
                .thenApply(record -> {
                    VendorTypes.assertAllOf(world.model().connectionsOf(plan.from()));
                    return record;
                });
    }

    /// What the network saw of a call, for whoever looks for the reason of a failed test.
    private static CallRecord noteDown(CallRecord record) {
        try {
            Files.createDirectories(NOTES);
            Files.write(
                    NOTES.resolve(record.callSid() + ".txt"),
                    record.events().stream().map(Object::toString).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return record;
    }

    static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(LONGEST_CALL.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /// Rows as maps from column to value.
    List<Row> rows(String sql, Object... parameters) {
        try (var database = world.database().connect();
                var query = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            var found = new ArrayList<Row>();
            try (var row = query.executeQuery()) {
                var columns = row.getMetaData();
                while (row.next()) {
                    var values = new LinkedHashMap<String, String>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        values.put(columns.getColumnLabel(i), String.valueOf(row.getObject(i)));
                    }
                    found.add(new Row(values));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql, Object... parameters) {
        try (var database = world.database().connect();
                var statement = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The rows as soon as they are as wanted; fails after 20 s, showing the last ones.
    List<Row> awaitRows(Predicate<List<Row>> wanted, String sql, Object... parameters) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> rows(sql, parameters), wanted);
    }

    /// Waits until the call's outcome is final, which is when everything that follows from it is decided.
    String outcome(String callSid) {
        return awaitRows(
                        rows -> !rows.isEmpty() && !rows.getFirst().get("outcome").equals("null"),
                        "select outcome from calls where call_sid = ?",
                        callSid)
                .getFirst()
                .get("outcome");
    }

    /// Every line of every service that names this call.
    List<String> logLines(String callSid) {
        return world.stack().processes().stream()
                .flatMap(process -> process.lines().stream())
                .filter(line -> line.contains(callSid))
                .toList();
    }
}
