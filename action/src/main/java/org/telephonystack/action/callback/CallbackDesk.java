package org.telephonystack.action.callback;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.recovery.CallClosing;
import org.telephonystack.action.recovery.SmsOutbox;
import org.telephonystack.action.sms.SmsInbox;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/// Takes in what Twilio tells us. Each step may be repeated: where one fails, Twilio comes again and all of them run again.
public final class CallbackDesk {

    private final CallClosing closing;
    private final SmsOutbox outbox;
    private final SmsInbox inbox;
    private final CallbackEvents events;

    public CallbackDesk(
            CallClosing closing, SmsOutbox outbox, SmsInbox inbox, CallbackEvents events) {
        this.closing = closing;
        this.outbox = outbox;
        this.inbox = inbox;
        this.events = events;
    }

    /// Completes when everything is stored.
    public CompletionStage<Void> take(Callback callback) {
        return switch (callback) {
            case Callback.News(var event) -> store(event);
            case Callback.Delivery(var event, var status) ->
                    store(event)
                            .thenCompose(_ -> outbox.delivery(status))
                            .thenAccept(text -> events.onDelivery(status, text));
            case Callback.Inbound(var text, var consent) ->
                    inbox.receive(text, consent)
                            .thenAccept(isNew -> {
                                if (isNew) {
                                    events.onInbound(text, consent);
                                }
                            });
        };
    }

    private CompletionStage<Void> store(CallEvent event) {
        Instant arrived = Instant.now();
        events.onNews(event);
        return closing.on(event).thenAccept(_ -> events.onStored(event, arrived));
    }
}
