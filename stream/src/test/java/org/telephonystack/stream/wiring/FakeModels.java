package org.telephonystack.stream.wiring;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.VoiceModel;
import org.telephonystack.stream.call.VoiceModelConnector;
import org.telephonystack.stream.call.VoiceModelEvents;
import org.telephonystack.stream.call.openai.RealtimeConnector;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Voice models that a test plays by hand, on the call's own event loop as real ones do; or the real connection, where a
/// test asks for it.
@Singleton
@Alternative
@Priority(1)
final class FakeModels implements VoiceModelConnector {

    final BlockingQueue<FakeModel> connected = new LinkedBlockingQueue<>();
    final AtomicInteger connects = new AtomicInteger();
    volatile boolean real;
    private final RealtimeConnector connector;

    FakeModels(RealtimeConnector connector) {
        this.connector = connector;
    }

    @Override
    public VoiceModel connect(VoiceModelEvents events, int failures, Optional<String> after) {
        connects.incrementAndGet();
        if (real) {
            return connector.connect(events, failures, after);
        }
        var model =
                new FakeModel(
                        events,
                        Objects.requireNonNull(Vertx.currentContext()),
                        Thread.currentThread());
        connected.add(model);
        return model;
    }

    static final class FakeModel implements VoiceModel {

        final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        final AtomicInteger heardFrames = new AtomicInteger();
        final Thread thread;
        private final VoiceModelEvents events;
        private final Context context;

        FakeModel(VoiceModelEvents events, Context context, Thread thread) {
            this.events = events;
            this.context = context;
            this.thread = thread;
        }

        void says(ModelEvent... said) {
            context.runOnContext(_ -> {
                for (ModelEvent event : said) {
                    events.on(event);
                }
            });
        }

        void speaks(String responseId, String itemId, String base64) {
            context.runOnContext(
                    _ -> events.onAudio(responseId, itemId, base64, 0, base64.length()));
        }

        @Override
        public void configure(ModelBrief brief) {
            orders.add("configure " + brief.instructions());
            says(new ModelEvent.Ready());
        }

        @Override
        public void takeTurns() {
            orders.add("takeTurns");
        }

        @Override
        public void hear(String text, int from, int to) {
            heardFrames.incrementAndGet();
        }

        @Override
        public void note(String text) {
            orders.add("note");
        }

        @Override
        public void answerTool(String callId, Map<String, Object> fields) {
            orders.add("answerTool " + callId + " " + fields);
        }

        @Override
        public void respond(Purpose purpose) {
            orders.add("respond " + purpose);
        }

        @Override
        public void cancel(String responseId) {
            orders.add("cancel");
        }

        @Override
        public void truncate(String itemId, long heardMillis) {
            orders.add("truncate");
        }

        @Override
        public String endpoint() {
            return "fake";
        }

        @Override
        public Duration longestSession() {
            return Duration.ofMinutes(60);
        }

        @Override
        public void close() {
            orders.add("close");
        }
    }
}
