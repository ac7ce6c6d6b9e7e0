package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.admission.postgres.PgAdmissionStore;
import org.telephonystack.action.business.postgres.PgBusinessStore;
import org.telephonystack.action.client.postgres.PgClientStore;
import org.telephonystack.action.followup.postgres.PgToDo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// `messages`, `tickets`, `voicemails`: what callers left, and that somebody saw to it.
class ToDoCommandTest {

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void messagesAreListedOldestFirstUntilTheyAreHandled() {
        database.execute(
                """
                insert into messages (id, call_sid, caller, body, created_at)
                values ('00000000-0000-0000-0000-000000000001', 'CA1', '+14155550199', 'Please call Maria', '2026-11-20T10:00:00Z'),
                       ('00000000-0000-0000-0000-000000000002', 'CA2', null, 'I am late', '2026-11-19T10:00:00Z')
                """);

        assertThat(run("messages", "list"))
                .isEqualTo(
                        """
                        00000000-0000-0000-0000-000000000002  2026-11-19T10:00:00Z  withheld  I am late
                        00000000-0000-0000-0000-000000000001  2026-11-20T10:00:00Z  +14155550199  Please call Maria
                        2 messages
                        0\
                        """);
        assertThat(run("messages", "handled", "00000000-0000-0000-0000-000000000002"))
                .endsWith(": done\n0");
        assertThat(run("messages", "handled", "00000000-0000-0000-0000-000000000002"))
                .as("done once")
                .endsWith("1");
        assertThat(run("messages", "handled", "no such thing")).endsWith("1");
        assertThat(run("messages", "list")).contains("Please call Maria").endsWith("1 message\n0");
    }

    @Test
    void ticketsAreOpenUntilTheyAreClosed() {
        database.execute(
                "insert into clients (phone, first_name) values ('+14155550199', 'Maria')");
        database.execute(
                """
                insert into tickets (id, client_id, subject, status)
                select '00000000-0000-0000-0000-000000000003', id, 'Crown is loose', 'open' from clients
                """);

        assertThat(run("tickets", "list"))
                .contains("+14155550199  Crown is loose (Maria)")
                .endsWith("1 ticket\n0");
        assertThat(run("tickets", "closed", "00000000-0000-0000-0000-000000000003"))
                .endsWith(": done\n0");
        assertThat(run("tickets", "list")).isEqualTo("0 tickets\n0");
        assertThat(database.text("select status from tickets")).isEqualTo("closed");
    }

    @Test
    void voicemailsSayWhereTheirSoundIs() {
        String kept = "RE00000000000000000000000000000001";
        database.execute("insert into calls (call_sid, caller) values ('CA1', '+14155550199')");
        database.execute(
                """
                insert into recordings (recording_sid, call_sid, seconds, state, file, created_at)
                values ('RE00000000000000000000000000000001', 'CA1', 7, 'kept', null, now() - interval '1 hour'),
                       ('RE00000000000000000000000000000002', 'CA1', 9, 'fetched', 'RE2.wav', now()),
                       ('RE00000000000000000000000000000003', 'CA1', 0, 'none', null, now()),
                       ('RE00000000000000000000000000000004', 'CA1', 9, 'deleted', null, now())
                """);

        assertThat(run("voicemails", "list"))
                .contains("+14155550199  7 s, at Twilio\n", "+14155550199  9 s, RE2.wav\n")
                .endsWith("2 voicemails\n0");
        assertThat(run("voicemails", "handled", kept)).endsWith(": done\n0");
        assertThat(run("voicemails", "list")).doesNotContain(kept).endsWith("1 voicemail\n0");
    }

    @Test
    void whatIsNoCommandSaysWhichThereAre() {
        assertThat(run("messages")).endsWith("1");
        assertThat(run("callers", "list")).endsWith("1");
    }

    /// What stood on standard output, and the exit code.
    private String run(String... words) {
        var written = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            int code =
                    new CommandLine(
                                    new PgBusinessStore(database.one()),
                                    new PgClientStore(database.one()),
                                    new PgAdmissionStore(database.one(), Duration.ofSeconds(10)),
                                    new PgToDo(database.one()),
                                    Flyway.configure().load())
                            .run(words);
            return written.toString(StandardCharsets.UTF_8) + code;
        } finally {
            System.setOut(before);
        }
    }
}
