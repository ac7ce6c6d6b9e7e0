package org.telephonystack.frontdoor.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An action that answers what the test tells it to, or hangs.
public final class FakeAction implements AutoCloseable {

    public record Request(String path, String authorization, JsonObject body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status;
    private volatile String answer = "{}";
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public FakeAction() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        answers(200, "{}");
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Forgets what came and answers at once from now on.
    public void answers(int newStatus, String json) {
        letGo();
        requests.clear();
        status = newStatus;
        answer = json;
    }

    /// Takes requests and answers none until [#letGo].
    public void hangs() {
        requests.clear();
        gate = new CountDownLatch(1);
    }

    public void letGo() {
        gate.countDown();
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(it -> it.path().equals(path)).toList();
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Whoever is the first to read JSON in this JVM looks for its reader with its thread's
        // loader: a virtual thread has the
        // wrong one, and then nobody reads any.
        Thread.currentThread().setContextClassLoader(JsonObject.class.getClassLoader());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(
                new Request(
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        body.isEmpty() ? new JsonObject() : new JsonObject(body)));
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
