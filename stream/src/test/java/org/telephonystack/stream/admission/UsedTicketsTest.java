package org.telephonystack.stream.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.ticket.StreamTicket;

import java.time.Instant;

class UsedTicketsTest {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final UsedTickets used = new UsedTickets(() -> now);

    @Test
    void aTicketIsGoodOnce() {
        assertThat(used.use(ticket("a"))).isTrue();
        assertThat(used.use(ticket("b"))).isTrue();
        assertThat(used.use(ticket("a"))).isFalse();
    }

    @Test
    void expiredTicketsAreForgottenButNotInTheirLastSecond() {
        used.use(ticket("a"));

        now = now.plusSeconds(61);
        assertThat(used.use(ticket("a"))).isFalse();

        now = now.plusSeconds(1);
        used.use(ticket("c"));
        assertThat(used.size()).isEqualTo(1);
    }

    @Test
    void theMemoryIsBounded() {
        for (int i = 0; i < 12_000; i++) {
            used.use(ticket("n" + i));
        }

        assertThat(used.size()).isEqualTo(10_000);
        assertThat(used.use(ticket("n11999"))).isFalse();
    }

    private StreamTicket ticket(String nonce) {
        return new StreamTicket(
                StreamTicket.Kind.NEW, 1, nonce, Instant.parse("2026-11-22T12:01:00Z"));
    }
}
