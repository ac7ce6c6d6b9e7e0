package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.admission.AdmissionStore;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.client.Client;
import org.telephonystack.action.client.ClientStore;
import org.telephonystack.action.followup.ToDo;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// `migrate`: what the Job of a deployment runs before the pods that need the schema.
class MigrateCommandTest {

    @Test
    void anEmptyDatabaseHasTheSchemaAfterwardsAndASecondRunIsHarmless() throws SQLException {
        try (EmbeddedDatabase server = EmbeddedDatabase.temporary()) {
            DatabaseAddress database = server.createDatabase("migrate");
            CommandLine command = command(database.jdbcUrl(), database.user(), database.password());

            assertThat(command.run("migrate")).isZero();
            assertThat(command.run("migrate")).isZero();

            try (var connection = database.connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from calls")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @Test
    void aDatabaseThatIsNotThereFailsTheCommand() {
        assertThat(command("jdbc:postgresql://127.0.0.1:1/none", "u", "p").run("migrate"))
                .isEqualTo(1);
    }

    private static CommandLine command(String url, String user, String password) {
        Flyway flyway = Flyway.configure().dataSource(url, user, password).load();
        return new CommandLine(
                new NoBusiness(),
                NoClients.INSTANCE,
                new NoAdmissions(),
                new NothingToDo(),
                flyway);
    }

    private static final class NoBusiness implements BusinessStore {
        @Override
        public CompletionStage<Optional<Business>> load() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> apply(Business business, AdmissionRules rules) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoAdmissions implements AdmissionStore {
        @Override
        public CompletionStage<Optional<Integer>> freePlaces() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Today> today(
                Optional<Duration> perBusiness, Optional<Duration> perCaller) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> block(PhoneNumber caller, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Unblocked> unblock(PhoneNumber caller) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> knowsPrices() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NothingToDo implements ToDo {
        @Override
        public CompletionStage<List<Item>> open(Kind kind) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> done(Kind kind, String id) {
            throw new UnsupportedOperationException();
        }
    }

    private enum NoClients implements ClientStore {
        INSTANCE;

        @Override
        public CompletionStage<Saved> save(List<Client> clients) {
            throw new UnsupportedOperationException();
        }
    }
}
