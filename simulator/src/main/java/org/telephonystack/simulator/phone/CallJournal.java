package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.Callbacks;
import org.telephonystack.simulator.webhook.TwilioError;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// What happened in a call so far, and who waits for what. Written on the call's context, read from any thread.
final class CallJournal {

    private record Waiting(Predicate<CallEvent> wanted, CompletableFuture<CallEvent> future) {}

    private final LongSupplier millis;
    private final List<CallEvent> events = new ArrayList<>();
    private final List<TwilioError.Entry> complaints = new CopyOnWriteArrayList<>();
    private final List<Callbacks.Sent> callbacks = new CopyOnWriteArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Consumer<CallEvent>> listeners = new CopyOnWriteArrayList<>();

    CallJournal(LongSupplier millis) {
        this.millis = millis;
    }

    void add(CallEvent.Kind kind, String text) {
        var event = new CallEvent(millis.getAsLong(), kind, text);
        var reached = new ArrayList<Waiting>();
        synchronized (events) {
            events.add(event);
            for (Waiting one : List.copyOf(waiting)) {
                if (one.wanted.test(event)) {
                    reached.add(one);
                }
            }
            waiting.removeAll(reached);
        }
        listeners.forEach(listener -> listener.accept(event));
        reached.forEach(one -> one.future.complete(event));
    }

    void complain(TwilioError error, String detail) {
        var entry = new TwilioError.Entry(error, detail);
        complaints.add(entry);
        add(CallEvent.Kind.COMPLAINT, entry.toString());
    }

    void sent(Callbacks.Sent callback) {
        callbacks.add(callback);
        var parameters = callback.parameters();
        String what =
                switch (callback.kind()) {
                    case CALL_STATUS, DIAL_LEG -> parameters.getOrDefault("CallStatus", "");
                    case STREAM -> parameters.getOrDefault("StreamEvent", "");
                    case RECORDING -> parameters.getOrDefault("RecordingStatus", "");
                    case MESSAGE -> parameters.getOrDefault("MessageStatus", "");
                };
        CallbackFaults.Kind kind = callback.kind();
        add(CallEvent.Kind.CALLBACK, kind + " " + what + " → " + callback.answer());
    }

    void listen(Consumer<CallEvent> listener) {
        listeners.add(listener);
    }

    /// Past events count.
    CompletableFuture<CallEvent> await(Predicate<CallEvent> wanted) {
        synchronized (events) {
            for (CallEvent event : events) {
                if (wanted.test(event)) {
                    return CompletableFuture.completedFuture(event);
                }
            }
            var future = new CompletableFuture<CallEvent>();
            waiting.add(new Waiting(wanted, future));
            return future;
        }
    }

    /// Nothing will be added any more.
    void close(Throwable why) {
        List<Waiting> left;
        synchronized (events) {
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(one -> one.future.completeExceptionally(why));
    }

    List<CallEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    List<TwilioError.Entry> complaints() {
        return List.copyOf(complaints);
    }

    List<Callbacks.Sent> callbacks() {
        return List.copyOf(callbacks);
    }
}
