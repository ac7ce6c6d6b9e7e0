package org.telephonystack.stream.wiring;

import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.json.JsonObject;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.ticket.StreamTickets;
import org.telephonystack.model.twilio.TwilioSignature;

import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Twilio's end of a Media Stream, message by message.
final class TwilioPeer implements AutoCloseable {

    static final String PATH = "/voice-stream";
    static final String FUNCTIONS_PATH = "/functions/v1/voice-stream";
    static final String SILENCE = "f39/".repeat(54);

    private static final Vertx VERTX = Vertx.vertx();
    private static final WebSocketClient CLIENT = VERTX.createWebSocketClient();

    private final WebSocket socket;
    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Queue<String> speech = new ConcurrentLinkedQueue<>();
    private volatile long lastMessage;
    private long timestamp;

    private TwilioPeer(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(this::onMessage);
        socket.closeHandler(_ -> {
            Short code = socket.closeStatusCode();
            closed.complete(code == null ? 1006 : code.intValue());
        });
        socket.exceptionHandler(_ -> {});
    }

    /// A handshake as Twilio does it.
    static TwilioPeer connect(int port) {
        return connect(port, PATH, signature(PATH));
    }

    /// @throws CompletionException with [UpgradeRejectedException]
    static TwilioPeer connect(int port, String path, List<String> signature) {
        var options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
        signature.forEach(value -> options.addHeader("x-twilio-signature", value));
        return connect(options);
    }

    static TwilioPeer connect(WebSocketConnectOptions options) {
        // On an event loop: from any other thread Vert.x lets messages flow before the handlers are
        // set.
        var connected = new CompletableFuture<TwilioPeer>();
        VERTX.getOrCreateContext()
                .runOnContext(_ ->
                        CLIENT.connect(options)
                                .map(TwilioPeer::new)
                                .onSuccess(connected::complete)
                                .onFailure(connected::completeExceptionally));
        return connected.join();
    }

    /// @return the status with which the handshake was refused; 101 when it was not
    static int statusOf(int port, String path, List<String> signature) {
        try (TwilioPeer peer = connect(port, path, signature)) {
            return peer.isOpen() ? 101 : 0;
        } catch (CompletionException e) {
            if (e.getCause() instanceof UpgradeRejectedException rejected) {
                return rejected.getStatus();
            }
            throw e;
        }
    }

    static List<String> signature(String path) {
        var signature = new TwilioSignature(List.of(Surroundings.AUTH_TOKEN));
        return List.of(signature.sign("wss://voice.example.com" + path, Map.of()));
    }

    static CallSid newCallSid() {
        var random = ThreadLocalRandom.current();
        return new CallSid("CA%016x%016x".formatted(random.nextLong(), random.nextLong()));
    }

    static String ticket(CallSid callSid) {
        return ticket(callSid, StreamTicket.Kind.NEW, 1);
    }

    static String ticket(CallSid callSid, StreamTicket.Kind kind, int attempt) {
        return new StreamTickets(List.of(Surroundings.TICKET_SECRET), Clock.systemUTC())
                .write(callSid, kind, attempt);
    }

    void start(CallSid callSid, String caller, String ticket) {
        send("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        send(
                """
                {"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{"accountSid":"AC1","callSid":"%s",
                "streamSid":"MZ1","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,
                "channels":1},"customParameters":{"callSid":"%s","callerNumber":"%s","calledNumber":"+18005550123",
                "ticket":"%s"}}}\
                """
                        .formatted(callSid, callSid, caller, ticket));
    }

    /// The connection ends without a close frame.
    void cut() {
        var _ = ((WebSocketInternal) socket).channelHandlerContext().close();
    }

    void frame() {
        frame(SILENCE);
    }

    private void frame(String payload) {
        send(
                "{\"event\":\"media\",\"sequenceNumber\":\"3\",\"streamSid\":\"MZ1\",\"media\":{\"track\":\"inbound\","
                        + "\"chunk\":\"1\",\"timestamp\":\""
                        + timestamp
                        + "\",\"payload\":\""
                        + payload
                        + "\"}}");
        timestamp += 20;
    }

    /// Twilio, which hears everything at once: marks come back as they are sent.
    private void onMessage(String text) {
        var message = new JsonObject(text);
        lastMessage = System.nanoTime();
        if ("mark".equals(message.getString("event"))) {
            send(message.put("sequenceNumber", "7").encode());
        }
        received.add(message);
    }

    /// From now on a frame every 20 ms: silence, or what is to be said.
    void pickUp() {
        VERTX.setPeriodic(
                20,
                timer -> {
                    if (isOpen()) {
                        frame(speech.isEmpty() ? SILENCE : speech.remove());
                    } else {
                        VERTX.cancelTimer(timer);
                    }
                });
    }

    void say(byte[] mulaw) {
        for (int at = 0; at + 160 <= mulaw.length; at += 160) {
            speech.add(Base64.getEncoder().encodeToString(Arrays.copyOfRange(mulaw, at, at + 160)));
        }
    }

    /// The other side has said something and is quiet now.
    boolean isQuiet() {
        return lastMessage != 0 && System.nanoTime() - lastMessage > 500_000_000L;
    }

    void stop() {
        send("{\"event\":\"stop\",\"sequenceNumber\":\"9\",\"streamSid\":\"MZ1\",\"stop\":{}}");
    }

    void send(String text) {
        socket.writeTextMessage(text);
    }

    WebSocket socket() {
        return socket;
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    /// The next message of this event, others are passed over.
    JsonObject awaitEvent(String event) throws InterruptedException {
        JsonObject message = received.poll(5, TimeUnit.SECONDS);
        while (message != null && !event.equals(message.getString("event"))) {
            message = received.poll(5, TimeUnit.SECONDS);
        }
        if (message == null) {
            throw new AssertionError("no " + event + " within 5 s");
        }
        return message;
    }

    int closeCode() {
        return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (!socket.isClosed()) {
            socket.close();
        }
    }
}
