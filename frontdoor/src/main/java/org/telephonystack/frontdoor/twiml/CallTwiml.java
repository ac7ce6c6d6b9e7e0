package org.telephonystack.frontdoor.twiml;

import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.call.RoutingDecision;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.call.StreamParameters;
import org.telephonystack.model.ticket.StreamTickets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns a routing decision into the TwiML document of one call.
///
/// Every URL in it keeps the prefix of the request that is answered: who was called under `/functions/v1` is sent on under
/// `/functions/v1`.
public final class CallTwiml {

    /// Longest `callerNumber` passed on: Twilio allows 500 characters for name and value, a number needs 16.
    private static final int MAX_NUMBER_LENGTH = 100;

    /// A redirect by REST takes less.
    private static final int ASK_AGAIN_SECONDS = 2;

    private final PublicAddresses addresses;
    private final StreamTickets tickets;
    private final Texts texts;
    private final Limits limits;
    private final String overrides;

    /// @param ring how long a person's telephone rings
    /// @param message how long a message may be
    public record Limits(Duration ring, Duration message) {}

    /// @param callbackOverrides how often Twilio repeats a callback of ours that was not taken (`rc=3&rp=all`); neither sent nor
    ///     signed. Empty: as often as it does by itself, which is never once it has reached us
    public CallTwiml(
            PublicAddresses addresses,
            StreamTickets tickets,
            Texts texts,
            Limits limits,
            Optional<String> callbackOverrides) {
        this.overrides = callbackOverrides.map(words -> "#" + words).orElse("");
        this.addresses = addresses;
        this.tickets = tickets;
        this.texts = texts;
        this.limits = limits;
    }

    /// @param prefix what stood before `/voice-frontdoor` in the request: empty, or `/functions/v1`
    public Twiml.Document of(RoutingDecision decision, InboundCall call, String prefix) {
        return new Twiml.Document(
                switch (decision) {
                    case RoutingDecision.Connect connect -> connect(connect, call, prefix);
                    case RoutingDecision.Reject() -> List.of(new Twiml.Reject());
                    case RoutingDecision.FullHouse(var thenDial) ->
                            fullHouse(thenDial, call, prefix);
                    case RoutingDecision.AskAgain(int attempt) ->
                            List.of(
                                    new Twiml.Pause(ASK_AGAIN_SECONDS),
                                    new Twiml.Redirect(afterStream(attempt, prefix)));
                    case RoutingDecision.HangUp() -> List.of(new Twiml.Hangup());
                    case RoutingDecision.Dial(var number) -> List.of(dial(number, call, prefix));
                    case RoutingDecision.Voicemail() -> voicemail(prefix);
                    case RoutingDecision.Apologise(boolean promiseText, var thenDial) ->
                            apologise(promiseText, thenDial, call, prefix);
                    case RoutingDecision.Thank() ->
                            List.of(texts.say(texts.thanks()), new Twiml.Hangup());
                    case RoutingDecision.Nothing() -> List.of();
                });
    }

    /// The apology after `</Connect>` is heard only when `after-stream` cannot be had, so the text it promises is the one
    /// a lost call gets. These are the edge functions' words, spoken before anybody could look whether the number said STOP, was
    /// texted three times today or is a landline; what is known here is whether it is a number, and who has none is promised
    /// nothing.
    private List<Twiml> connect(RoutingDecision.Connect connect, InboundCall call, String prefix) {
        String next = afterStream(connect.attempt(), prefix);
        var stream =
                new Twiml.Stream(
                        addresses.stream().webSocketOf(prefix + "/voice-stream"),
                        addresses.action().of(prefix + "/voice-action"),
                        parameters(connect, call));
        return List.of(
                new Twiml.Connect(next, stream),
                new Twiml.Pause(1),
                apology(call.caller().isPresent()),
                new Twiml.Hangup());
    }

    /// For what is lost if it is not stored: not for a stream's, which is a hint beside our own books, and where it is not known
    /// whether Twilio takes overrides.
    private String callback(String prefix) {
        return addresses.action().of(prefix + "/voice-action") + overrides;
    }

    private String afterStream(int attempt, String prefix) {
        return addresses
                .frontdoor()
                .of(prefix + "/voice-frontdoor/after-stream?attempt=" + attempt);
    }

    private Map<String, String> parameters(RoutingDecision.Connect connect, InboundCall call) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put(StreamParameters.TRACE_ID, call.trace().traceId());
        parameters.put(StreamParameters.CALLER_NUMBER, bounded(call.from()));
        parameters.put(StreamParameters.CALL_SID, call.callSid().value());
        parameters.put(StreamParameters.CALLED_NUMBER, bounded(call.to()));
        if (call.isAttested()) {
            parameters.put(StreamParameters.ATTESTED, "true");
        }
        parameters.put(
                StreamParameters.TICKET,
                tickets.write(call.callSid(), connect.kind(), connect.attempt()));
        return parameters;
    }

    private List<Twiml> apologise(
            boolean promiseText, Optional<PhoneNumber> thenDial, InboundCall call, String prefix) {
        return thenDial.<List<Twiml>>map(number ->
                        List.of(
                                texts.say(texts.apology(), texts.connecting()),
                                dial(number, call, prefix)))
                .orElseGet(() -> List.of(apology(promiseText), new Twiml.Hangup()));
    }

    private List<Twiml> fullHouse(Optional<PhoneNumber> thenDial, InboundCall call, String prefix) {
        if (thenDial.isPresent()) {
            return List.of(
                    texts.say(texts.allBusy(), texts.connecting()),
                    dial(thenDial.get(), call, prefix));
        }
        var verbs = new ArrayList<Twiml>();
        verbs.add(texts.say(texts.allBusy()));
        verbs.addAll(voicemail(prefix));
        return verbs;
    }

    private Twiml.Say apology(boolean promiseText) {
        return texts.say(texts.apology(), promiseText ? texts.textFollows() : texts.callAgain());
    }

    /// A caller without a number of their own is shown as the number they dialled: Twilio takes only E.164 here.
    private Twiml.Dial dial(PhoneNumber number, InboundCall call, String prefix) {
        Optional<String> callerId =
                call.caller().isPresent()
                        ? Optional.empty()
                        : PhoneNumber.parse(call.to()).map(PhoneNumber::e164);
        return new Twiml.Dial(
                number.e164(),
                Math.toIntExact(limits.ring().toSeconds()),
                callerId,
                addresses.frontdoor().of(prefix + "/voice-frontdoor/after-dial"),
                callback(prefix));
    }

    private List<Twiml> voicemail(String prefix) {
        var verbs = new ArrayList<Twiml>();
        verbs.add(texts.say(texts.voicemail()));
        verbs.add(
                new Twiml.Record(
                        Math.toIntExact(limits.message().toSeconds()),
                        addresses.frontdoor().of(prefix + "/voice-frontdoor/after-record"),
                        callback(prefix)));
        verbs.add(new Twiml.Hangup());
        return verbs;
    }

    private static String bounded(String number) {
        return number.length() > MAX_NUMBER_LENGTH
                ? number.substring(0, MAX_NUMBER_LENGTH)
                : number;
    }
}
