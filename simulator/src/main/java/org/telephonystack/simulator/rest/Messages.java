package org.telephonystack.simulator.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Every text the account ever sent, and who waits for one.
final class Messages {

    private record Waiting(Predicate<Message> wanted, CompletableFuture<Message> future) {}

    private final Map<String, Message> bySid = new LinkedHashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();

    void put(Message message) {
        var reached = new ArrayList<Waiting>();
        synchronized (this) {
            bySid.put(message.sid(), message);
            for (Waiting one : List.copyOf(waiting)) {
                if (one.wanted.test(message)) {
                    reached.add(one);
                }
            }
            waiting.removeAll(reached);
        }
        reached.forEach(one -> one.future.complete(message));
    }

    synchronized Optional<Message> get(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    synchronized List<Message> all() {
        return List.copyOf(bySid.values());
    }

    /// The first that matches, already there or to come.
    synchronized CompletableFuture<Message> await(Predicate<Message> wanted) {
        for (Message message : bySid.values()) {
            if (wanted.test(message)) {
                return CompletableFuture.completedFuture(message);
            }
        }
        var future = new CompletableFuture<Message>();
        waiting.add(new Waiting(wanted, future));
        return future;
    }
}
