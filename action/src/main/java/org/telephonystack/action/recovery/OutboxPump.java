package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.sms.OptOuts;
import org.telephonystack.action.sms.SmsSender;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/// Sends what is in the outbox, each text once.
///
/// ```text
/// pending ── claim ──▶ sending ──▶ sent | failed | skipped
///    ▲                  │  │ ▲
///    └── certainly not ─┘  │ └── claim, look up at the provider, send only if it is not there
///                          └──▶ unknown (no answer; also a `sending` whose process died)
/// ```
public final class OutboxPump {

    /// Texts on their way at the same time, per process.
    private static final int LANES = 4;

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

    private final SmsOutbox outbox;
    private final SmsSender sender;
    private final OptOuts optOuts;
    private final RecoveryEvents events;
    private final Duration lookUpAfter;
    private final OneAtATime rounds = new OneAtATime(this::round);

    /// @param lookUpAfter how long after an unanswered send the provider's list can be believed
    public OutboxPump(
            SmsOutbox outbox,
            SmsSender sender,
            OptOuts optOuts,
            RecoveryEvents events,
            Duration lookUpAfter) {
        this.outbox = outbox;
        this.sender = sender;
        this.optOuts = optOuts;
        this.events = events;
        this.lookUpAfter = lookUpAfter;
    }

    /// Sends everything that is due. May be called at any time, by any number of processes; each does one round at a time.
    public CompletionStage<Void> pump() {
        return rounds.run();
    }

    private CompletionStage<Void> round() {
        return CompletableFuture.allOf(
                IntStream.range(0, LANES)
                        .mapToObj(_ -> untilEmpty().toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new));
    }

    private CompletionStage<Void> untilEmpty() {
        return outbox.claim()
                .thenCompose(text ->
                        text.isEmpty()
                                ? done()
                                : handle(text.get()).thenCompose(_ -> untilEmpty()));
    }

    private CompletionStage<Void> handle(OutboxText text) {
        if (text.isFirstClaim()) {
            text.loss().map(OutboxText.Loss::settled).ifPresent(events::onSettled);
        }
        return text.lookUpFirst()
                ? sender.find(text.recipient(), text.body(), text.createdAt())
                        .thenCompose(lookup -> onLookup(text, lookup))
                : sendUnlessUnwanted(text);
    }

    private CompletionStage<Void> onLookup(OutboxText text, SmsSender.Lookup lookup) {
        return switch (lookup) {
            case SmsSender.Lookup.Answered(List<String> sids) -> {
                Optional<String> ours =
                        sids.stream().filter(sid -> !text.knownSids().contains(sid)).findFirst();
                yield ours.isPresent() ? sent(text, ours.get(), true) : sendUnlessUnwanted(text);
            }
            case SmsSender.Lookup.Unavailable(String why) ->
                    text.expired() ? failed(text, Optional.empty(), "unknown") : unknown(text, why);
        };
    }

    private CompletionStage<Void> sendUnlessUnwanted(OutboxText text) {
        if (text.optedOut()) {
            events.onTextNotNeeded(text, "opted_out");
            return outbox.skipped(text, "opted_out");
        }
        if (text.meantAfterAll().isPresent()) {
            EndReason end = text.meantAfterAll().get();
            events.onTextNotNeeded(text, "ended_well");
            return outbox.endedWell(text, OutcomeRule.outcomeOf(end), end);
        }
        if (text.expired()) {
            return failed(text, Optional.empty(), "expired");
        }
        return sender.send(text.recipient(), text.body())
                .thenCompose(result -> onResult(text, result));
    }

    private CompletionStage<Void> onResult(OutboxText text, SmsSender.Result result) {
        return switch (result) {
            case SmsSender.Result.Accepted(String sid, _) -> sent(text, sid, false);
            case SmsSender.Result.Refused refused -> refused(text, refused);
            case SmsSender.Result.TryLater(String why, Optional<Duration> after) -> {
                events.onTextDelayed(text, why);
                yield outbox.later(text, why, after.orElse(backoff(text.attempts())));
            }
            case SmsSender.Result.Unknown(String why) -> unknown(text, why);
        };
    }

    private CompletionStage<Void> refused(OutboxText text, SmsSender.Result.Refused refused) {
        CompletionStage<Void> remembered =
                refused.remedy() == SmsSender.Remedy.REMEMBER
                        ? optOuts.add(text.recipient(), "code_" + refused.code())
                        : done();
        return remembered.thenCompose(
                _ -> failed(text, Optional.of(refused.code()), refused.remedy().word()));
    }

    private CompletionStage<Void> sent(OutboxText text, String sid, boolean lookedUp) {
        return outbox.sent(text, sid)
                .thenAccept(ours -> {
                    if (ours) {
                        events.onTextSent(text, sid, lookedUp);
                    } else {
                        events.onTextUnknown(text, "taken_by_another");
                    }
                });
    }

    private CompletionStage<Void> failed(OutboxText text, Optional<Integer> code, String reason) {
        return outbox.failed(text, code, reason)
                .thenAccept(_ -> events.onTextFailed(text, reason, code));
    }

    private CompletionStage<Void> unknown(OutboxText text, String why) {
        events.onTextUnknown(text, why);
        return outbox.unknown(text, why, lookUpAfter);
    }

    private static Duration backoff(int attempts) {
        Duration wait = Duration.ofSeconds(1L << Math.min(attempts, 6));
        return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
