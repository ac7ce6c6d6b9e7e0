package org.telephonystack.action.outcome;

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

    /// @param at when it reached us
    public record Heard(
            String kind, Optional<String> status, Optional<String> direction, Instant at) {

        private boolean is(CallEvent.Kind wanted) {
            return kind.equals(wanted.word());
        }

        /// The status of the call in this event. That of an `after-stream` question counts like a callback's, which may be
        /// lost or later.
        private Optional<Terminal> terminal() {
            return is(CallEvent.Kind.CALL_STATUS) || is(CallEvent.Kind.AFTER_STREAM)
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
