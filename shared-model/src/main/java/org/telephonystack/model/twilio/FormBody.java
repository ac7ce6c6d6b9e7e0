package org.telephonystack.model.twilio;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The fields of an `application/x-www-form-urlencoded` body, read from the raw bytes.
///
/// Values are kept exactly: nothing is trimmed, empty values and repeated names stay, for all of them are signed. Read by
/// hand because Quarkus refuses a form attribute over 2,048 bytes and Twilio's `CallToken` may be longer.
///
/// @param fields sorted by name (ordinal, as the signature wants it); values in the order they came
public record FormBody(Map<String, List<String>> fields) {

    /// Bytes; the longest body read. Twilio's own requests stay far below.
    public static final int MAX_BYTES = 64 * 1024;

    /// The most parameters read.
    public static final int MAX_PARAMETERS = 200;

    public FormBody {
        var copy = new TreeMap<String, List<String>>();
        fields.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        fields = java.util.Collections.unmodifiableMap(copy);
    }

    /// Why a body is no form we read.
    public enum Refusal {
        TOO_LARGE,
        TOO_MANY_PARAMETERS,
        MALFORMED
    }

    /// What reading a body comes to.
    public sealed interface Parsed {
        record Form(FormBody body) implements Parsed {}

        record Refused(Refusal why) implements Parsed {}
    }

    /// Never throws; a body over the bounds or with broken escapes or UTF-8 is refused.
    public static Parsed parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            return new Parsed.Refused(Refusal.TOO_LARGE);
        }
        var fields = new TreeMap<String, List<String>>();
        int parameters = 0;
        int from = 0;
        while (from < body.length) {
            int to = indexOf(body, '&', from, body.length);
            if (to > from) {
                if (++parameters > MAX_PARAMETERS) {
                    return new Parsed.Refused(Refusal.TOO_MANY_PARAMETERS);
                }
                int equals = indexOf(body, '=', from, to);
                Optional<String> name = decode(body, from, equals);
                Optional<String> value = decode(body, Math.min(equals + 1, to), to);
                if (name.isEmpty() || value.isEmpty()) {
                    return new Parsed.Refused(Refusal.MALFORMED);
                }
                fields.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(value.get());
            }
            from = to + 1;
        }
        return new Parsed.Form(new FormBody(fields));
    }

    /// The first value of a field; empty where the field is missing *or has no text*, which mean the same to a reader.
    public Optional<String> first(String name) {
        List<String> values = fields.get(name);
        return values == null || values.isEmpty() || values.getFirst().isEmpty()
                ? Optional.empty()
                : Optional.of(values.getFirst());
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    /// Values are personal: only the names are shown.
    @Override
    public String toString() {
        return "FormBody" + fields.keySet();
    }

    private static int indexOf(byte[] body, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] == wanted) {
                return i;
            }
        }
        return to;
    }

    private static Optional<String> decode(byte[] body, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = body[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                if (i + 2 >= to) {
                    return Optional.empty();
                }
                int high = Character.digit(body[i + 1], 16);
                int low = Character.digit(body[i + 2], 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                b = (byte) (high << 4 | low);
                i += 2;
            }
            plain[length++] = b;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(plain, 0, length))
                            .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
