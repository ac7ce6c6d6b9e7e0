package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.TerminalStatus;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Asks Twilio about calls that are not over as far as we know, and of which nobody has spoken for long: a callback that came
/// while the database was away, and whose repetitions did too, is lost. What Twilio says takes the same way as its callback.
public final class Reconciler {

    /// A round asks about no more: the next one comes soon enough.
    private static final int MOST_A_ROUND = 20;

    private final CallLedger ledger;
    private final CallRecords records;
    private final CallClosing closing;
    private final RecoveryEvents events;
    private final Duration after;
    private final Duration whileCarried;

    /// @param after so long without news; as long again until the same call is asked about again. Well below the time in which
    ///     its caller is still told
    /// @param whileCarried the same of a call that a process which lives has on its books: it will say how it ends
    public Reconciler(
            CallLedger ledger,
            CallRecords records,
            CallClosing closing,
            RecoveryEvents events,
            Duration after,
            Duration whileCarried) {
        this.ledger = ledger;
        this.records = records;
        this.closing = closing;
        this.events = events;
        this.after = after;
        this.whileCarried = whileCarried;
    }

    /// @return how many calls were asked about
    public CompletionStage<Integer> reconcile() {
        return reconcile(0);
    }

    /// Asks Twilio for messages whose callback never came: it is repeated for some seconds, and a database may be away for longer.
    ///
    /// @return how many calls were asked about
    public CompletionStage<Integer> reconcileRecordings() {
        return reconcileRecordings(0);
    }

    private CompletionStage<Integer> reconcileRecordings(int asked) {
        if (asked == MOST_A_ROUND) {
            return CompletableFuture.completedFuture(asked);
        }
        return ledger.nextWithoutRecording()
                .thenCompose(next ->
                        next.map(callSid ->
                                        records.recordingsOf(callSid)
                                                .thenCompose(found -> goOn(callSid, found, asked)))
                                .orElseGet(() -> CompletableFuture.completedFuture(asked)));
    }

    private CompletionStage<Integer> goOn(
            CallSid callSid, CallRecords.Recordings found, int askedBefore) {
        int asked = askedBefore + 1;
        return switch (found) {
            case CallRecords.Recordings.Known(var all) ->
                    take(callSid, all).thenCompose(_ -> reconcileRecordings(asked));
            case CallRecords.Recordings.Unavailable _ -> {
                events.onReconciled(callSid, "unavailable");
                yield CompletableFuture.completedFuture(asked);
            }
        };
    }

    /// One that is still being made is asked for again.
    private CompletionStage<Void> take(CallSid callSid, List<CallRecords.Recording> all) {
        CompletionStage<?> taken = CompletableFuture.completedFuture(null);
        for (CallRecords.Recording recording : all) {
            if (recording.isOver()) {
                taken = taken.thenCompose(_ -> closing.on(event(callSid, recording)));
                events.onReconciled(callSid, "recording");
            }
        }
        return taken.thenCompose(_ ->
                all.stream().allMatch(CallRecords.Recording::isOver)
                        ? ledger.recordingsKnown(callSid)
                        : CompletableFuture.completedFuture(null));
    }

    /// With the key that its callback would have had.
    private static CallEvent event(CallSid callSid, CallRecords.Recording recording) {
        return new CallEvent(
                CallEvent.Kind.RECORDING,
                "recording:" + recording.sid() + ":" + recording.status(),
                Optional.of(callSid),
                Optional.of(recording.status()),
                Map.of("RecordingSid", recording.sid(), "RecordingDuration", recording.seconds()));
    }

    private CompletionStage<Integer> reconcile(int asked) {
        if (asked == MOST_A_ROUND) {
            return CompletableFuture.completedFuture(asked);
        }
        return ledger.nextForgotten(after, whileCarried)
                .thenCompose(next ->
                        next.map(callSid ->
                                        records.find(callSid)
                                                .thenCompose(found -> goOn(callSid, found, asked)))
                                .orElseGet(() -> CompletableFuture.completedFuture(asked)));
    }

    /// Where Twilio does not answer one question it is asked no other in this round.
    private CompletionStage<Integer> goOn(
            CallSid callSid, CallRecords.Found found, int askedBefore) {
        int asked = askedBefore + 1;
        return take(callSid, found)
                .thenCompose(_ ->
                        found instanceof CallRecords.Found.Unavailable
                                ? CompletableFuture.completedFuture(asked)
                                : reconcile(asked));
    }

    private CompletionStage<?> take(CallSid callSid, CallRecords.Found found) {
        return switch (found) {
            case CallRecords.Found.Call call -> {
                events.onReconciled(callSid, call.status());
                yield TerminalStatus.ofWord(call.status()).isPresent()
                        ? closing.on(event(callSid, call))
                        : CompletableFuture.completedFuture(null);
            }
            case CallRecords.Found.NoSuchCall() -> {
                events.onReconciled(callSid, TerminalStatus.NOT_FOUND.word());
                yield closing.on(event(callSid, TerminalStatus.NOT_FOUND.word(), Map.of()));
            }
            case CallRecords.Found.Unavailable(var why) -> {
                events.onReconciled(callSid, "unavailable");
                yield CompletableFuture.completedFuture(why);
            }
        };
    }

    private static CallEvent event(CallSid callSid, CallRecords.Found.Call call) {
        var fields = new LinkedHashMap<String, String>();
        call.from().ifPresent(from -> fields.put("From", from));
        call.to().ifPresent(to -> fields.put("To", to));
        call.direction().ifPresent(direction -> fields.put("Direction", direction));
        call.durationSeconds().ifPresent(seconds -> fields.put("CallDuration", seconds));
        call.endedAt().ifPresent(at -> fields.put("EndedAt", at.toString()));
        return event(callSid, call.status(), fields);
    }

    private static CallEvent event(CallSid callSid, String status, Map<String, String> fields) {
        return new CallEvent(
                CallEvent.Kind.CALL_STATUS,
                "reconciled:" + callSid + ":" + status,
                Optional.of(callSid),
                Optional.of(status),
                fields);
    }
}
