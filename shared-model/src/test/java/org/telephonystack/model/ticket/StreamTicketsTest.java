package org.telephonystack.model.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.ticket.StreamTicket.Kind;
import org.telephonystack.model.ticket.StreamTickets.Checked;
import org.telephonystack.model.ticket.StreamTickets.Why;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

class StreamTicketsTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");
    private static final String SECRET = "a secret of thirty-two characters";
    private static final String NEXT_SECRET = "another one, for the next rotation";

    private Instant now = Instant.parse("2026-11-22T12:00:00.900Z");
    private final StreamTickets tickets = new StreamTickets(List.of(SECRET), () -> now);

    @Test
    void aTicketLetsItsOwnCallIn() {
        String text = tickets.write(CALL, Kind.RESUME, 2);

        assertThat(tickets.check(text, CALL))
                .isInstanceOfSatisfying(
                        Checked.Valid.class,
                        valid -> {
                            assertThat(valid.ticket().kind()).isEqualTo(Kind.RESUME);
                            assertThat(valid.ticket().attempt()).isEqualTo(2);
                            assertThat(valid.ticket().nonce()).matches("[0-9a-f]{32}");
                            assertThat(valid.ticket().expires()).isEqualTo("2026-11-22T12:01:00Z");
                        });
    }

    @Test
    void itFitsIntoAStreamParameterAndNeedsNoEscape() {
        assertThat(tickets.write(CALL, Kind.NEW, 1))
                .matches("v1\\.new\\.1\\.[0-9a-f]{32}\\.\\d+\\.[A-Za-z0-9_-]{43}")
                .hasSizeLessThan(200);
    }

    @Test
    void noTwoTicketsAreTheSame() {
        var written = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(written.add(tickets.write(CALL, Kind.NEW, 1))).isTrue();
        }
    }

    @Test
    void aTicketOfAnotherCallIsRefused() {
        String text = tickets.write(new CallSid("CA00000000000000000000000000000002"), Kind.NEW, 1);

        assertThat(tickets.check(text, CALL)).isEqualTo(refused(Why.FORGED_OR_FOREIGN));
    }

    @Test
    void aTicketSignedWithAnotherSecretIsRefused() {
        String text = new StreamTickets(List.of(NEXT_SECRET), () -> now).write(CALL, Kind.NEW, 1);

        assertThat(tickets.check(text, CALL)).isEqualTo(refused(Why.FORGED_OR_FOREIGN));
    }

    @Test
    void duringARotationBothSecretsAreReadAndTheFirstWrites() {
        var rotating = new StreamTickets(List.of(NEXT_SECRET, SECRET), () -> now);

        assertThat(rotating.check(tickets.write(CALL, Kind.NEW, 1), CALL))
                .isInstanceOf(Checked.Valid.class);
        assertThat(tickets.check(rotating.write(CALL, Kind.NEW, 1), CALL))
                .isEqualTo(refused(Why.FORGED_OR_FOREIGN));
    }

    @Test
    void aTicketIsGoodForAMinute() {
        String text = tickets.write(CALL, Kind.NEW, 1);

        now = now.plus(Duration.ofSeconds(59));
        assertThat(tickets.check(text, CALL)).isInstanceOf(Checked.Valid.class);
        now = now.plus(Duration.ofSeconds(1));
        assertThat(tickets.check(text, CALL)).isEqualTo(refused(Why.EXPIRED));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void noPartOfATicketCanBeChanged(int part) {
        String[] parts = tickets.write(CALL, Kind.NEW, 1).split("\\.");
        parts[part] =
                switch (part) {
                    case 0 -> "v2";
                    case 1 -> "resume";
                    case 2 -> "2";
                    case 3 -> "0".repeat(32);
                    case 4 -> Long.toString(Long.parseLong(parts[4]) + 3600);
                    default -> "A" + parts[5].substring(0, 42);
                };

        assertThat(tickets.check(String.join(".", parts), CALL))
                .isEqualTo(refused(part == 0 ? Why.MALFORMED : Why.FORGED_OR_FOREIGN));
    }

    @Test
    void noTicketIsMissing() {
        assertThat(tickets.check(null, CALL)).isEqualTo(refused(Why.MISSING));
        assertThat(tickets.check("", CALL)).isEqualTo(refused(Why.MISSING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "v1",
                "v1.new.1.2.3",
                "v1.new.1.2.3.4.5",
                ".....",
                "v0.new.1.n.5.h",
                "v1.new.1\n.n.5"
            })
    void anotherShapeIsMalformed(String text) {
        assertThat(tickets.check(text, CALL)).isEqualTo(refused(Why.MALFORMED));
    }

    @Test
    void anEndlessTicketIsMalformed() {
        assertThat(tickets.check("v1.new.1.n.5." + "x".repeat(100_000), CALL))
                .isEqualTo(refused(Why.MALFORMED));
    }

    @Test
    void garbageIsRefusedAndNeverThrows() {
        var random = new Random(20261122);
        String ticket = tickets.write(CALL, Kind.NEW, 1);
        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder(ticket);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x3000));
                    case 1 -> text.insert(at, '.');
                    default -> text.deleteCharAt(at);
                }
            }
            if (!text.toString().equals(ticket)) {
                assertThat(tickets.check(text.toString(), CALL))
                        .as(text.toString())
                        .isInstanceOf(Checked.Refused.class);
            }
        }
    }

    @Test
    void withoutASecretThereAreNoTickets() {
        assertThatThrownBy(() -> new StreamTickets(List.of(), () -> now))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Checked refused(Why why) {
        return new Checked.Refused(why);
    }
}
