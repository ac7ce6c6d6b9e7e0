package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import io.vertx.mutiny.sqlclient.Pool;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.telephonystack.action.admission.postgres.PgAdmissionStore;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.postgres.PgBusinessStore;
import org.telephonystack.action.client.postgres.PgClientStore;
import org.telephonystack.action.followup.postgres.PgToDo;
import org.telephonystack.model.PhoneNumber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Callers are blocked by the business file and by commands: neither takes back what the other said.
class BlockedCallersTest {

    private static final String RUDE = "+14155550111";
    private static final String ROBOT = "+14155550112";

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @TempDir Path folder;

    @Test
    void theFileBlocksWhomItNamesAndNobodyElseAnyMore() throws IOException {
        assertThat(apply(RUDE, ROBOT)).isZero();
        assertThat(apply(RUDE, ROBOT)).as("twice is once").isZero();
        assertThat(blocked()).isEqualTo("+14155550111 file, +14155550112 file");

        assertThat(apply(ROBOT)).isZero();
        assertThat(blocked()).isEqualTo("+14155550112 file");

        assertThat(apply()).isZero();
        assertThat(blocked()).isEmpty();
    }

    @Test
    void whomACommandBlockedStaysBlockedWhateverTheFileSays() throws IOException {
        assertThat(command("callers", "block", RUDE)).isZero();

        apply(ROBOT);
        assertThat(blocked()).isEqualTo("+14155550111 command, +14155550112 file");
        apply(RUDE);
        assertThat(blocked()).isEqualTo("+14155550111 both");
        apply();
        assertThat(blocked()).isEqualTo("+14155550111 command");

        assertThat(command("callers", "unblock", RUDE)).isZero();
        assertThat(blocked()).isEmpty();
    }

    @Test
    void whomTheFileBlocksNoCommandUnblocksAndItSaysSo() throws IOException {
        apply(RUDE);
        assertThat(command("callers", "block", RUDE)).isZero();

        assertThat(command("callers", "unblock", RUDE)).isEqualTo(1);
        assertThat(blocked()).isEqualTo("+14155550111 file");
        assertThat(command("callers", "unblock", RUDE)).isEqualTo(1);
    }

    @Test
    void aFileWithAProblemChangesNobody() throws IOException {
        apply(RUDE);

        assertThat(apply(ROBOT, "no number")).isEqualTo(1);

        assertThat(blocked()).isEqualTo("+14155550111 file");
    }

    /// The same number by both at once: whoever comes second adds its word.
    @Test
    void aFileAndACommandAtOnceBothCount() {
        CompletionStage<Void> applied;
        CompletionStage<Boolean> byCommand;
        var number = new PhoneNumber(RUDE);

        try (var _ =
                database.transaction("insert into blocked_callers (phone) values ($1)", RUDE)) {
            applied =
                    new PgBusinessStore(database.one())
                            .apply(
                                    Businesses.in("America/New_York"),
                                    new AdmissionRules(
                                            List.of(number),
                                            AdmissionRules.Limits.NONE,
                                            AdmissionRules.Limits.NONE));
            byCommand = admissions(database.other()).block(number, "rude");
            database.awaitWaiting(2);
        }

        await(applied);
        assertThat(await(byCommand)).isTrue();
        assertThat(blocked()).isEqualTo("+14155550111 both");
    }

    /// A jar of the version before knows nothing of where a number comes from.
    @Test
    void whomAnOlderJarBlocksCountsAsBlockedByCommand() {
        database.execute(
                "insert into blocked_callers (phone, reason) values ($1, 'by hand')", RUDE);

        assertThat(blocked()).isEqualTo("+14155550111 command");
    }

    private int apply(String... numbers) throws IOException {
        String blocked =
                Stream.of(numbers)
                        .map(number -> "\"" + number + "\"")
                        .collect(Collectors.joining(", "));
        Path file = folder.resolve("business.json");
        Files.writeString(
                file,
                """
                {
                  "name": "Riverside Dental", "zone": "America/New_York", "persona": "You are Ava.",
                  "hours": {"monday": ["09:00-17:00"]},
                  "services": [{"name": "general", "minutes": 30}],
                  "resources": ["Chair 1"],
                  "blockedCallers": [%s],
                  "limits": {"costADay": 25}
                }
                """
                        .formatted(blocked));
        return command("business", "apply", file.toString());
    }

    private int command(String... words) {
        return new CommandLine(
                        new PgBusinessStore(database.one()),
                        new PgClientStore(database.one()),
                        admissions(database.one()),
                        new PgToDo(database.one()),
                        Flyway.configure().load())
                .run(words);
    }

    private static PgAdmissionStore admissions(Pool pool) {
        return new PgAdmissionStore(pool, Duration.ofSeconds(10));
    }

    private String blocked() {
        String all =
                database.text(
                        """
                        select string_agg(phone || case when by_file and by_command then ' both' when by_file then ' file'
                                                        else ' command' end, ', ' order by phone)
                        from blocked_callers
                        """);
        return all == null ? "" : all;
    }
}
