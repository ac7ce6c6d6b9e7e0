package org.telephonystack.action.wiring;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;

import jakarta.inject.Singleton;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.telephonystack.action.admission.AdmissionStore;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.file.BusinessFile;
import org.telephonystack.action.client.ClientCsv;
import org.telephonystack.action.client.ClientStore;
import org.telephonystack.action.followup.ToDo;
import org.telephonystack.model.PhoneNumber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One command of an operator; its exit code is 0 when all of it was done, 1 when not.
@Singleton
@Unremovable
public final class CommandLine implements QuarkusApplication {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final Map<String, ToDo.Kind> TO_DO =
            Map.of(
                    "messages", ToDo.Kind.MESSAGE,
                    "tickets", ToDo.Kind.TICKET,
                    "voicemails", ToDo.Kind.VOICEMAIL);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BusinessStore businesses;
    private final ClientStore clients;
    private final AdmissionStore admissions;
    private final ToDo toDo;
    private final Flyway flyway;

    CommandLine(
            BusinessStore businesses,
            ClientStore clients,
            AdmissionStore admissions,
            ToDo toDo,
            Flyway flyway) {
        this.businesses = businesses;
        this.clients = clients;
        this.admissions = admissions;
        this.toDo = toDo;
        this.flyway = flyway;
    }

    @Override
    public int run(String... args) {
        if (args.length == 1 && args[0].equals("migrate")) {
            return migrate();
        }
        if (args.length == 2 && args[1].equals("list") && TO_DO.containsKey(args[0])) {
            return list(TO_DO.get(args[0]));
        }
        return switch (args.length == 3 ? args[0] + " " + args[1] : "") {
            case "business apply" -> withFile(args[2], this::applyBusiness);
            case "clients import" -> withFile(args[2], this::importClients);
            case "callers block" ->
                    withCaller(
                            args[2],
                            caller ->
                                    await(admissions.block(caller, "by hand"))
                                            ? "blocked"
                                            : "was blocked already");
            case "callers unblock" ->
                    withCaller(
                            args[2],
                            caller ->
                                    switch (await(admissions.unblock(caller))) {
                                        case DONE -> "not blocked any more";
                                        case WAS_NOT_BLOCKED -> "was not blocked";
                                        case BLOCKED_BY_FILE ->
                                                throw new CommandFailedException(
                                                        "the business file blocks it (blockedCallers)");
                                    });
            case "messages handled" -> done(ToDo.Kind.MESSAGE, args[2]);
            case "tickets closed" -> done(ToDo.Kind.TICKET, args[2]);
            case "voicemails handled" -> done(ToDo.Kind.VOICEMAIL, args[2]);
            default ->
                    failed(
                            "usage: business apply FILE | clients import FILE.csv | callers block NUMBER"
                                    + " | callers unblock NUMBER | messages list | messages handled ID | tickets list"
                                    + " | tickets closed ID | voicemails list | voicemails handled RE… | migrate");
        };
    }

    /// Usually the start has done it already; not where `quarkus.flyway.migrate-at-start` is off.
    private int migrate() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            return failed("the schema was not migrated: " + e.getMessage());
        }
        System.out.println("schema: version " + flyway.info().current().getVersion());
        return DONE;
    }

    private int applyBusiness(String text) throws CommandFailedException {
        return switch (BusinessFile.read(text)) {
            case BusinessFile.Reading.Invalid(var problems) -> {
                problems.forEach(System.err::println);
                yield failed("business not applied: " + count(problems.size(), "problem"));
            }
            case BusinessFile.Reading.Valid(var business, var admission) -> {
                await(businesses.apply(business, admission));
                System.out.println("business applied: " + summary(business, admission));
                if (admission.limitCost() && !await(admissions.knowsPrices())) {
                    System.err.println(
                            "limits: no prices are known (telephony.cost.…), so a limit of cost is without effect");
                }
                yield DONE;
            }
        };
    }

    private int importClients(String text) throws CommandFailedException {
        ClientCsv.Reading reading = ClientCsv.read(text);
        ClientStore.Saved saved = await(clients.save(reading.clients()));
        reading.problems().forEach(System.err::println);
        System.out.println(
                "clients: %d added, %d updated, %d refused"
                        .formatted(saved.added(), saved.updated(), reading.problems().size()));
        return reading.problems().isEmpty() ? DONE : FAILED;
    }

    private interface Command {
        int run(String text) throws CommandFailedException;
    }

    private static int withFile(String file, Command command) {
        try {
            return command.run(Files.readString(Path.of(file)));
        } catch (IOException e) {
            return failed("cannot read " + file + " as UTF-8 text: " + e);
        } catch (CommandFailedException e) {
            return failed("nothing was changed: " + e.getMessage());
        }
    }

    private interface CallerCommand {
        String run(PhoneNumber caller) throws CommandFailedException;
    }

    private static int withCaller(String number, CallerCommand command) {
        Optional<PhoneNumber> caller = PhoneNumber.parse(number);
        if (caller.isEmpty()) {
            return failed(number + " is no number such as +14155550100");
        }
        try {
            System.out.println("caller " + number + ": " + command.run(caller.get()));
            return DONE;
        } catch (CommandFailedException e) {
            return failed("caller " + number + ": " + e.getMessage());
        }
    }

    private int list(ToDo.Kind kind) {
        try {
            List<ToDo.Item> items = await(toDo.open(kind));
            items.forEach(item ->
                    System.out.println(
                            "%s  %s  %s  %s"
                                    .formatted(
                                            item.id(),
                                            item.at().truncatedTo(ChronoUnit.SECONDS),
                                            item.caller().orElse("withheld"),
                                            item.what())));
            System.out.println(count(items.size(), kind.name().toLowerCase(Locale.ROOT)));
            return DONE;
        } catch (CommandFailedException e) {
            return failed("nothing was read: " + e.getMessage());
        }
    }

    private int done(ToDo.Kind kind, String id) {
        String name = kind.name().toLowerCase(Locale.ROOT) + " " + id;
        try {
            if (!await(toDo.done(kind, id))) {
                return failed("nothing was changed: there is no open " + name);
            }
            System.out.println(name + ": done");
            return DONE;
        } catch (CommandFailedException e) {
            return failed("nothing was changed: " + e.getMessage());
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws CommandFailedException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailedException("the database refused: " + e.getCause());
        } catch (TimeoutException e) {
            throw new CommandFailedException("the database did not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted");
        }
    }

    private static String summary(Business business, AdmissionRules admission) {
        String blocked =
                admission.blocked().isEmpty()
                        ? ""
                        : ", " + count(admission.blocked().size(), "blocked caller");
        return "%s, %s, %s, open on %s a week%s"
                .formatted(
                        business.profile().name(),
                        count(business.services().size(), "service"),
                        count(business.resources().size(), "resource"),
                        count(
                                (int)
                                        business.hours().weekly().values().stream()
                                                .filter(day -> !day.isEmpty())
                                                .count(),
                                "day"),
                        blocked);
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static int failed(String line) {
        System.err.println(line);
        return FAILED;
    }

    /// What an operator is told instead of a stack trace.
    private static final class CommandFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        CommandFailedException(String message) {
            super(message);
        }
    }
}
