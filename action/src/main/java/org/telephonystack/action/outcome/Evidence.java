package org.telephonystack.action.outcome;

import org.telephonystack.action.outcome.CallFacts.Message;
import org.telephonystack.action.outcome.CallFacts.Person;
import org.telephonystack.action.outcome.CallFacts.Terminal;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the database holds of one call, as it stands there; [#facts()] reads it.
///
/// @param announcedAt when frontdoor said that the call came in; the announcement may be lost
/// @param events in any order
/// @param now the database's clock
public record Evidence(
        CallSid callSid,
        Optional<String> caller,
        Optional<String> called,
        Optional<Instant> announcedAt,
        CallFacts.Stream stream,
        Optional<CallOutcome> recorded,
        List<Heard> events,
        Instant now) {

    /// @param ofLeg about a leg that a `<Dial>` placed for this call
    /// @param at when it reached us
    public record Heard(
            String kind,
            Optional<String> status,
            Optional<String> direction,
            boolean ofLeg,
            Instant at) {

        public Heard(String kind, Optional<String> status, Optional<String> direction, Instant at) {
            this(kind, status, direction, false, at);
        }

        private boolean is(CallEvent.Kind wanted) {
            return kind.equals(wanted.word());
        }

        /// The status of the call in this event. That of an `after-stream` question counts like a callback's, which may be
        /// lost or later.
        private Optional<Terminal> terminal() {
            return !ofLeg && (is(CallEvent.Kind.CALL_STATUS) || is(CallEvent.Kind.AFTER_STREAM))
                    ? TerminalStatus.ofWord(status.orElse(null)).map(word -> new Terminal(word, at))
                    : Optional.empty();
        }
    }

    public CallFacts facts() {
        return new CallFacts(
                callSid,
                caller,
                called,
                events.stream()
                        .filter(event -> !event.ofLeg())
                        .flatMap(event -> event.direction().stream())
                        .allMatch("inbound"::equals),
                startedAt(),
                terminal(),
                stream,
                first(
                        events.stream()
                                .filter(event -> event.is(CallEvent.Kind.STREAM))
                                .filter(event ->
                                        event.status().filter("stream-error"::equals).isPresent())
                                .map(Heard::at)),
                first(
                        events.stream()
                                .filter(event -> event.is(CallEvent.Kind.AFTER_STREAM))
                                .filter(event -> event.terminal().isEmpty())
                                .map(Heard::at)),
                person(),
                message(),
                turnedAway(),
                recorded,
                now);
    }

    /// Twilio never says two different terminal statuses of a call; should it, the one that says more than `completed`.
    private Optional<Terminal> terminal() {
        List<Terminal> all = events.stream().flatMap(event -> event.terminal().stream()).toList();
        Optional<Instant> since = first(all.stream().map(Terminal::since));
        return all.stream()
                .map(Terminal::status)
                .max(TerminalStatus::compareTo)
                .flatMap(status -> since.map(at -> new Terminal(status, at)));
    }

    /// One answered leg is enough, whatever became of the others.
    private Person person() {
        List<String> legs =
                events.stream().filter(Heard::ofLeg).flatMap(leg -> leg.status().stream()).toList();
        if (legs.isEmpty()) {
            return Person.NOT_CALLED;
        }
        if (legs.contains("in-progress") || legs.contains("completed")) {
            return Person.ANSWERED;
        }
        return legs.stream().anyMatch(word -> TerminalStatus.ofWord(word).isPresent())
                ? Person.UNREACHED
                : Person.RINGING;
    }

    private Message message() {
        List<String> recordings =
                events.stream()
                        .filter(event -> event.is(CallEvent.Kind.RECORDING))
                        .flatMap(event -> event.status().stream())
                        .toList();
        if (recordings.contains("completed")) {
            return Message.LEFT;
        }
        return recordings.contains("absent") || recordings.contains("failed")
                ? Message.NONE_LEFT
                : Message.NOT_HEARD_OF;
    }

    private Optional<String> turnedAway() {
        return events.stream()
                .filter(event -> event.is(CallEvent.Kind.ANNOUNCED))
                .flatMap(event -> event.status().stream())
                .findFirst();
    }

    private Instant startedAt() {
        return first(
                        Stream.concat(
                                Stream.of(announcedAt, stream.startedAt())
                                        .flatMap(Optional::stream),
                                events.stream().map(Heard::at)))
                .orElse(now);
    }

    private static Optional<Instant> first(Stream<Instant> instants) {
        return instants.min(Instant::compareTo);
    }
}
