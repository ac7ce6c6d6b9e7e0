package org.telephonystack.model.call;

import org.telephonystack.model.PhoneNumber;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What frontdoor does with a call whose stream has ended: action's answer to `POST /internal/after-stream`.
///
/// On the wire it is a flat JSON object with the word `then` and the fields of that case; [#toFields()] and [#ofFields] are
/// both sides of it, so that no service needs to agree on a JSON library's idea of a sealed type.
public sealed interface AfterStream {

    /// It ended as it should.
    record HangUp() implements AfterStream {}

    /// The stream was lost: connect again, with a resume ticket.
    ///
    /// @param attempt of the new stream; 2 for the first repetition
    record ConnectAgain(int attempt) implements AfterStream {}

    /// Put the caller through to a person.
    record Dial(PhoneNumber number) implements AfterStream {}

    /// Let the caller leave a message.
    record Voicemail() implements AfterStream {}

    /// Say sorry; then put the caller through, or hang up.
    ///
    /// @param promiseText whether a text message is really on its way, so that it may be promised
    /// @param thenDial a person who is there now
    record Apologise(boolean promiseText, Optional<PhoneNumber> thenDial) implements AfterStream {

        public Apologise(boolean promiseText) {
            this(promiseText, Optional.empty());
        }
    }

    /// All places were taken when the stream was to begin: say so, then put the caller through or take a message.
    ///
    /// On the wire it is [Dial] or [Voicemail] with `full`, so that a frontdoor of an older version does the same and only
    /// does not say why.
    ///
    /// @param thenDial a person who is there now
    record FullHouse(Optional<PhoneNumber> thenDial) implements AfterStream {}

    /// Somebody else is redirecting this very call: be quiet for a moment, then ask again.
    record Wait() implements AfterStream {}

    /// Values are texts, numbers and booleans.
    default Map<String, Object> toFields() {
        var fields = new LinkedHashMap<String, Object>();
        switch (this) {
            case HangUp() -> fields.put("then", "hang_up");
            case ConnectAgain(int attempt) -> {
                fields.put("then", "connect_again");
                fields.put("attempt", attempt);
            }
            case Dial(PhoneNumber number) -> {
                fields.put("then", "dial");
                fields.put("number", number.e164());
            }
            case Voicemail() -> fields.put("then", "voicemail");
            case FullHouse(Optional<PhoneNumber> thenDial) -> {
                fields.putAll(
                        thenDial.<AfterStream>map(Dial::new).orElseGet(Voicemail::new).toFields());
                fields.put("full", true);
            }
            case Apologise(boolean promiseText, Optional<PhoneNumber> thenDial) -> {
                fields.put("then", "apologise");
                fields.put("promiseText", promiseText);
                thenDial.ifPresent(number -> fields.put("number", number.e164()));
            }
            case Wait() -> fields.put("then", "wait");
        }
        return fields;
    }

    /// Empty for an answer this version does not understand: the reader takes its safe default.
    static Optional<AfterStream> ofFields(Map<String, ?> fields) {
        boolean full = Boolean.TRUE.equals(fields.get("full"));
        return switch (String.valueOf(fields.get("then"))) {
            case "hang_up" -> Optional.of(new HangUp());
            case "connect_again" ->
                    fields.get("attempt") instanceof Number attempt && attempt.intValue() > 1
                            ? Optional.of(new ConnectAgain(attempt.intValue()))
                            : Optional.empty();
            case "dial" ->
                    PhoneNumber.parse(String.valueOf(fields.get("number")))
                            .map(number ->
                                    full ? new FullHouse(Optional.of(number)) : new Dial(number));
            case "voicemail" ->
                    Optional.of(full ? new FullHouse(Optional.empty()) : new Voicemail());
            case "apologise" ->
                    Optional.of(
                            new Apologise(
                                    Boolean.TRUE.equals(fields.get("promiseText")),
                                    PhoneNumber.parse(String.valueOf(fields.get("number")))));
            case "wait" -> Optional.of(new Wait());
            default -> Optional.empty();
        };
    }
}
