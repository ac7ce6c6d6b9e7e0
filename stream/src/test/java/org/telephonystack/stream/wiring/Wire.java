package org.telephonystack.stream.wiring;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import org.telephonystack.simulator.stack.DatabaseAddress;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The way to the database, which can be cut: nothing comes through any more, and nobody is told.
final class Wire implements AutoCloseable {

    private static final class Pair {
        private volatile boolean isCut;
    }

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final NetServer server = vertx.createNetServer();
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final DatabaseAddress far;
    private volatile boolean isDown;

    Wire(DatabaseAddress far) {
        this.far = far;
        server.connectHandler(this::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    DatabaseAddress near() {
        return new DatabaseAddress(
                "127.0.0.1", server.actualPort(), far.database(), far.user(), far.password());
    }

    /// The connections there are; new ones are sound.
    void cut() {
        pairs.forEach(pair -> pair.isCut = true);
    }

    /// New connections are taken and hear nothing either, until [#mend()].
    void cutForAll() {
        isDown = true;
        cut();
    }

    void mend() {
        isDown = false;
    }

    int open() {
        return pairs.size();
    }

    /// Connections over which something comes through.
    long sound() {
        return pairs.stream().filter(pair -> !pair.isCut).count();
    }

    private void accept(NetSocket near) {
        near.pause();
        var pair = new Pair();
        pair.isCut = isDown;
        pairs.add(pair);
        near.closeHandler(_ -> pairs.remove(pair));
        client.connect(far.port(), far.host())
                .onSuccess(socket -> {
                    pass(near, socket, pair);
                    pass(socket, near, pair);
                    near.resume();
                })
                .onFailure(_ -> near.close());
    }

    private void pass(NetSocket from, NetSocket to, Pair pair) {
        from.handler(bytes -> {
            if (!pair.isCut) {
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
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
