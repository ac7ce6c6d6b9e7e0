package org.telephonystack.e2e;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP hop of the test's own: a balancer in front of several processes, or a wire that can swallow what passes. A side that
/// breaks off breaks the other one off, without a word.
final class Hop implements AutoCloseable {

    private final NetServer server;
    private final NetClient client;
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private volatile List<URI> targets = List.of();

    /// Which way bytes go: from those who connect, and back to them.
    enum Way {
        FORTH,
        BACK
    }

    private static final class Pair {
        private volatile Set<Way> swallowed = Set.of();
    }

    Hop(Vertx vertx) {
        this.client = vertx.createNetClient();
        this.server =
                vertx.createNetServer()
                        .connectHandler(this::accept)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /// New connections go to these in turn, to the next where one does not take them; to nobody where there is none.
    void leadTo(URI... addresses) {
        targets = List.of(addresses);
    }

    /// Whatever goes this way from now on over the connections there are now is lost; they stay open. New ones are sound.
    void swallow(Set<Way> ways) {
        pairs.forEach(pair -> pair.swallowed = Set.copyOf(ways));
    }

    private void accept(NetSocket socket) {
        socket.pause();
        List<URI> now = targets;
        var order = new ArrayList<URI>();
        int first = now.isEmpty() ? 0 : Math.floorMod(turn.getAndIncrement(), now.size());
        for (int i = 0; i < now.size(); i++) {
            order.add(now.get((first + i) % now.size()));
        }
        connect(socket, order);
    }

    private void connect(NetSocket socket, List<URI> order) {
        if (order.isEmpty()) {
            socket.close();
            return;
        }
        URI target = order.getFirst();
        client.connect(target.getPort(), target.getHost())
                .onSuccess(far -> join(socket, far))
                .onFailure(_ -> connect(socket, order.subList(1, order.size())));
    }

    private void join(NetSocket near, NetSocket far) {
        var pair = new Pair();
        pairs.add(pair);
        pass(near, far, Way.FORTH, pair);
        pass(far, near, Way.BACK, pair);
        near.resume();
    }

    private void pass(NetSocket from, NetSocket to, Way way, Pair pair) {
        from.handler(bytes -> {
            if (!pair.swallowed.contains(way)) {
                to.write(bytes);
            }
        });
        from.exceptionHandler(_ -> to.close());
        from.closeHandler(_ -> {
            pairs.remove(pair);
            to.close();
        });
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
