package org.telephonystack.action.callback;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.recovery.CallClosing;
import org.telephonystack.action.recovery.SmsOutbox;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.sms.OptOuts;
import org.telephonystack.action.sms.SmsInbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Takes in what Twilio tells us. Each step may be repeated: where one fails, Twilio comes again and all of them run again.
public final class CallbackDesk {

    private final CallClosing closing;
    private final SmsOutbox outbox;
    private final SmsInbox inbox;
    private final OptOuts optOuts;
    private final CallbackEvents events;
    private final Duration unreachableFor;

    /// @param unreachableFor how long a number that could not be reached gets no text
    public CallbackDesk(
            CallClosing closing,
            SmsOutbox outbox,
            SmsInbox inbox,
            OptOuts optOuts,
            CallbackEvents events,
            Duration unreachableFor) {
        this.closing = closing;
        this.outbox = outbox;
        this.inbox = inbox;
        this.optOuts = optOuts;
        this.events = events;
        this.unreachableFor = unreachableFor;
    }

    /// Completes when everything is stored.
    public CompletionStage<Void> take(Callback callback) {
        return switch (callback) {
            case Callback.News(var event) -> store(event);
            case Callback.Delivery(var event, var status) ->
                    store(event)
                            .thenCompose(_ -> outbox.delivery(status))
                            .thenCompose(recipient -> onDelivery(status, recipient));
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

    private CompletionStage<Void> onDelivery(DeliveryStatus status, Optional<String> recipient) {
        events.onDelivery(status, recipient);
        if (recipient.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        String reason = "code_" + status.code().orElse(0);
        return switch (status.lesson()) {
            case NONE -> CompletableFuture.completedFuture(null);
            case NOT_FOR_A_WHILE -> optOuts.addFor(recipient.get(), reason, unreachableFor);
            case NEVER_AGAIN -> optOuts.add(recipient.get(), reason);
        };
    }
}
