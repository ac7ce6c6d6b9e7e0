package org.telephonystack.stream.call.twilio;

import org.jspecify.annotations.Nullable;

/// Reads `media` messages, 50 a second and call, without making a JSON tree: one pass over the text, in whatever order and
/// spacing the fields come.
///
/// Whatever is not plainly a `media` message (escapes, repeated or nested fields, another event) is left to the JSON
/// parser: the answer is null and nothing is lost but a microsecond.
///
/// Belongs to one socket: it remembers the stream's name so as not to copy it out of every frame.
final class MediaScanner {

    /// Deeper nesting than `{"media":{…}}` is none of ours.
    private static final int IN_MESSAGE = 0;

    private static final int IN_MEDIA = 1;

    private static final int NONE = -1;

    private String streamSid = "";

    private String text = "";
    private int at;
    private boolean isMedia;
    private boolean hasMedia;
    private boolean hasStreamSid;
    private long timestampMillis;
    private int payloadFrom;
    private int payloadTo;

    TwilioMessage.@Nullable Media read(String message) {
        text = message;
        at = 0;
        isMedia = false;
        hasMedia = false;
        hasStreamSid = false;
        timestampMillis = TwilioMessage.Media.NO_TIMESTAMP;
        payloadFrom = NONE;
        boolean understood =
                object(IN_MESSAGE)
                        && skipBlank() == text.length()
                        && isMedia
                        && payloadFrom != NONE;
        text = "";
        return understood
                ? new TwilioMessage.Media(
                        hasStreamSid ? streamSid : "",
                        timestampMillis,
                        message,
                        payloadFrom,
                        payloadTo)
                : null;
    }

    private boolean object(int depth) {
        if (!take('{')) {
            return false;
        }
        do {
            int from = quoted();
            if (from < 0 || !field(depth, from, at - 1)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    /// Reads the value of the field whose name stands between `from` and `to`.
    private boolean field(int depth, int from, int to) {
        if (!take(':')) {
            return false;
        }
        if (depth == IN_MESSAGE && is("media", from, to)) {
            boolean first = !hasMedia;
            hasMedia = true;
            return first && object(IN_MEDIA);
        }
        if (depth == IN_MEDIA && is("timestamp", from, to)) {
            return timestampMillis == TwilioMessage.Media.NO_TIMESTAMP && timestamp();
        }
        int value = quoted();
        if (value < 0) {
            return false;
        }
        return depth == IN_MESSAGE
                ? ofMessage(from, to, value, at - 1)
                : ofMedia(from, to, value, at - 1);
    }

    private boolean ofMessage(int from, int to, int value, int end) {
        if (is("event", from, to)) {
            boolean first = !isMedia;
            isMedia = is("media", value, end);
            return first && isMedia;
        }
        if (is("streamSid", from, to)) {
            boolean first = !hasStreamSid;
            hasStreamSid = true;
            if (!is(streamSid, value, end)) {
                streamSid = text.substring(value, end);
            }
            return first;
        }
        return is("sequenceNumber", from, to);
    }

    private boolean ofMedia(int from, int to, int value, int end) {
        if (is("payload", from, to)) {
            boolean first = payloadFrom == NONE;
            payloadFrom = value;
            payloadTo = end;
            return first && Base64Text.isPlain(text, value, end);
        }
        return is("chunk", from, to)
                || (is("track", from, to) && is(TwilioCodec.INBOUND, value, end));
    }

    /// `"1234"` or `1234`.
    private boolean timestamp() {
        boolean isText = take('"');
        int from = at;
        long millis = 0;
        while (at < text.length() && isDigit(text.charAt(at)) && at - from < 15) {
            millis = millis * 10 + (text.charAt(at++) - '0');
        }
        // JSON has no numbers like 007; as a text they are fine.
        boolean plain = at > from && (isText || at - from == 1 || text.charAt(from) != '0');
        timestampMillis = millis;
        return plain && (isText ? at < text.length() && text.charAt(at++) == '"' : !goesOn());
    }

    private boolean goesOn() {
        char next = at < text.length() ? text.charAt(at) : '}';
        return isDigit(next) || next == '.' || next == 'e' || next == 'E';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// @return where the text after the quote begins, and `at` is behind its closing quote; negative for anything that needs
    ///     a real parser
    private int quoted() {
        if (!take('"')) {
            return -1;
        }
        int from = at;
        int end = text.indexOf('"', from);
        if (end < 0) {
            return -1;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\' || c < ' ') {
                return -1;
            }
        }
        at = end + 1;
        return from;
    }

    private boolean take(char wanted) {
        if (skipBlank() < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private int skipBlank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private boolean is(String word, int from, int to) {
        return to - from == word.length() && text.startsWith(word, from);
    }
}
