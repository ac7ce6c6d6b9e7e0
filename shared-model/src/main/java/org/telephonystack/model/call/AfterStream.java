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

    /// Say sorry and hang up.
    ///
    /// @param promiseText whether a text message is really on its way, so that it may be promised
    record Apologise(boolean promiseText) implements AfterStream {}

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
            case Apologise(boolean promiseText) -> {
                fields.put("then", "apologise");
                fields.put("promiseText", promiseText);
            }
        }
        return fields;
    }

    /// Empty for an answer this version does not understand: the reader takes its safe default.
    static Optional<AfterStream> ofFields(Map<String, ?> fields) {
        return switch (String.valueOf(fields.get("then"))) {
            case "hang_up" -> Optional.of(new HangUp());
            case "connect_again" ->
                    fields.get("attempt") instanceof Number attempt && attempt.intValue() > 1
                            ? Optional.of(new ConnectAgain(attempt.intValue()))
                            : Optional.empty();
            case "dial" -> PhoneNumber.parse(String.valueOf(fields.get("number"))).map(Dial::new);
            case "voicemail" -> Optional.of(new Voicemail());
            case "apologise" ->
                    Optional.of(new Apologise(Boolean.TRUE.equals(fields.get("promiseText"))));
            default -> Optional.empty();
        };
    }
}
