package org.telephonystack.stream.admission;

import org.telephonystack.model.ticket.StreamTicket;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// This process's memory of the tickets it has seen: a second use is refused before anything is opened. Another process's
/// uses only the database knows.
///
/// Bounded without a way round it: an entry needs a ticket that we signed, and goes with its ticket's expiry.
public final class UsedTickets {

    /// Tickets live 60 s and a process carries about a hundred calls: far more than can be.
    private static final int MAX_ENTRIES = 10_000;

    private final InstantSource clock;
    private final Map<String, Instant> expiryByNonce = new LinkedHashMap<>();

    public UsedTickets(InstantSource clock) {
        this.clock = clock;
    }

    /// @return whether this is the first use
    public synchronized boolean use(StreamTicket ticket) {
        forgetExpired();
        if (expiryByNonce.putIfAbsent(ticket.nonce(), ticket.expires()) != null) {
            return false;
        }
        if (expiryByNonce.size() > MAX_ENTRIES) {
            expiryByNonce.remove(expiryByNonce.keySet().iterator().next());
        }
        return true;
    }

    synchronized int size() {
        return expiryByNonce.size();
    }

    /// The oldest first, up to one that is still good: they come in nearly the order in which they expire.
    private void forgetExpired() {
        // A ticket still counts in the second it expires in.
        Instant limit = clock.instant().minusSeconds(1);
        Iterator<Instant> oldest = expiryByNonce.values().iterator();
        while (oldest.hasNext() && oldest.next().isBefore(limit)) {
            oldest.remove();
        }
    }
}
