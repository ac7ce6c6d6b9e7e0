package org.telephonystack.frontdoor.call;

import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.call.AfterStream;
import org.telephonystack.model.ticket.StreamTicket;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Decides what happens to a call, at each point where Twilio asks.
///
/// A ringing call waits for nobody. Where action is asked and cannot answer, the [SafeDefault] decides: a caller always
/// hears something.
public final class CallRouter {

    /// The most streams one call gets. action counts the losses among them, and stops earlier.
    public static final int MAX_STREAMS = 9;

    private static final Set<String> SOMEBODY_ANSWERED = Set.of("completed", "answered");

    private final ActionGateway action;
    private final SafeDefault safeDefault;
    private final Doorkeeper doorkeeper;

    public CallRouter(ActionGateway action, SafeDefault safeDefault, Doorkeeper doorkeeper) {
        this.action = action;
        this.safeDefault = safeDefault;
        this.doorkeeper = doorkeeper;
    }

    /// @param by who decided, for the metrics
    public record Routed(RoutingDecision decision, DecidedBy by) {}

    public enum DecidedBy {
        ACTION,
        /// Action did not answer, or nothing we may do.
        SAFE_DEFAULT,
        /// The caller had hung up: nobody was asked.
        CALL_OVER;

        /// The word in logs and metrics.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RoutingDecision ring(InboundCall call) {
        Optional<TurnAway> turnedAway = doorkeeper.turnAway(call);
        action.announce(call, turnedAway);
        return turnedAway
                .map(this::turnedAway)
                .orElseGet(() -> new RoutingDecision.Connect(StreamTicket.Kind.NEW, 1));
    }

    private RoutingDecision turnedAway(TurnAway why) {
        return switch (why) {
            case BLOCKED -> new RoutingDecision.Reject();
            case AT_LIMIT -> new RoutingDecision.Voicemail();
            case FULL -> fullHouse(doorkeeper.human());
        };
    }

    private RoutingDecision fullHouse(Optional<PhoneNumber> human) {
        return new RoutingDecision.FullHouse(human.or(safeDefault::human));
    }

    /// Never completes exceptionally.
    public CompletionStage<Routed> afterStream(StreamEnd end) {
        if (end.call().isOver()) {
            return CompletableFuture.completedStage(
                    new Routed(new RoutingDecision.Nothing(), DecidedBy.CALL_OVER));
        }
        return action.afterStream(end)
                .handle((answer, failure) ->
                        failure == null && isAllowed(answer)
                                ? new Routed(decisionOf(answer, end), DecidedBy.ACTION)
                                : new Routed(whenUnanswered(end), DecidedBy.SAFE_DEFAULT));
    }

    /// @param dialCallStatus Twilio's `DialCallStatus`: how the attempt to reach a person ended
    public RoutingDecision afterDial(InboundCall call, String dialCallStatus) {
        if (call.isOver()) {
            return new RoutingDecision.Nothing();
        }
        return SOMEBODY_ANSWERED.contains(dialCallStatus)
                ? new RoutingDecision.HangUp()
                : new RoutingDecision.Voicemail();
    }

    public RoutingDecision afterRecord(InboundCall call) {
        return call.isOver() ? new RoutingDecision.Nothing() : new RoutingDecision.Thank();
    }

    /// Twilio could not fetch one of our other documents; needs nothing but this process and Twilio.
    ///
    /// @param failedUrl Twilio's `ErrorUrl`. A caller whose message was being taken is not asked for another.
    public RoutingDecision fallback(InboundCall call, String failedUrl) {
        if (call.isOver()) {
            return new RoutingDecision.Nothing();
        }
        if (failedUrl.contains("/after-record")) {
            return new RoutingDecision.Thank();
        }
        return safeDefault.human().isPresent() && !failedUrl.contains("/after-dial")
                ? new RoutingDecision.Apologise(false, safeDefault.human())
                : new RoutingDecision.Voicemail();
    }

    /// Writes no claim: the reaper may redirect the call meanwhile, and is then asked about the first stream again. By that time
    /// the second may have begun and written lines under its number, so the next one gets a number that is certainly free.
    private RoutingDecision whenUnanswered(StreamEnd end) {
        int next = end.attempt() + (end.redirected() ? 2 : 1);
        return safeDefault.reconnect() && end.attempt() < 2
                ? new RoutingDecision.Connect(StreamTicket.Kind.RESUME, next)
                : new RoutingDecision.Apologise(false, safeDefault.human());
    }

    private static boolean isAllowed(AfterStream answer) {
        return !(answer instanceof AfterStream.ConnectAgain(int attempt)) || attempt <= MAX_STREAMS;
    }

    private RoutingDecision decisionOf(AfterStream answer, StreamEnd end) {
        return switch (answer) {
            case AfterStream.HangUp() -> new RoutingDecision.HangUp();
            case AfterStream.ConnectAgain(int attempt) ->
                    new RoutingDecision.Connect(StreamTicket.Kind.RESUME, attempt);
            case AfterStream.Dial(var number) -> new RoutingDecision.Dial(number);
            case AfterStream.Voicemail() -> new RoutingDecision.Voicemail();
            case AfterStream.Apologise(boolean promiseText, Optional<PhoneNumber> thenDial) ->
                    new RoutingDecision.Apologise(promiseText, thenDial);
            case AfterStream.FullHouse(var thenDial) -> fullHouse(thenDial);
            case AfterStream.Wait() -> new RoutingDecision.AskAgain(end.attempt());
        };
    }
}
