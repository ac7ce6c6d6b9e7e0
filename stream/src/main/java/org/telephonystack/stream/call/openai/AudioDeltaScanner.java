package org.telephonystack.stream.call.openai;

/// Finds the audio in a `response.output_audio.delta` without making a tree of it: where the payload stands in the text, and
/// whose it is.
///
/// It understands flat objects of strings without escapes, and numbers, in any order and with any blanks, and says no to
/// everything else; then the ordinary parser reads the message. One scanner a connection, because it remembers the last
/// result and the last ids: an answer has hundreds of deltas and two ids.
final class AudioDeltaScanner {

    private static final String TYPE = "response.output_audio.delta";

    private String text = "";
    private int at;
    private int valueFrom;
    private int valueTo;

    private boolean isAudio;
    private int payloadFrom;
    private int payloadTo;
    private String responseId = "";
    private String itemId = "";
    private boolean hasResponseId;
    private boolean hasItemId;

    /// @return whether this is an audio delta, whole and flat; the other methods then tell what is in it
    boolean scan(String message) {
        text = message;
        at = 0;
        isAudio = false;
        hasResponseId = false;
        hasItemId = false;
        payloadFrom = -1;
        // Another event is told apart in its first field, almost always: cheaper than looking for
        // escapes first.
        if (!next('{') || message.indexOf('\\') >= 0) {
            return false;
        }
        while (field()) {
            if (next(',')) {
                continue;
            }
            return next('}')
                    && atEnd()
                    && isAudio
                    && hasResponseId
                    && hasItemId
                    && payloadFrom >= 0;
        }
        return false;
    }

    String responseId() {
        return responseId;
    }

    String itemId() {
        return itemId;
    }

    int payloadFrom() {
        return payloadFrom;
    }

    int payloadTo() {
        return payloadTo;
    }

    private boolean field() {
        if (!string()) {
            return false;
        }
        int nameFrom = valueFrom;
        int nameLength = valueTo - valueFrom;
        if (!next(':')) {
            return false;
        }
        skipBlanks();
        if (at < text.length() && text.charAt(at) != '"') {
            return number();
        }
        if (!string()) {
            return false;
        }
        return switch (nameLength) {
            case 4 -> !isNamed("type", nameFrom) || type();
            case 5 -> !isNamed("delta", nameFrom) || payload();
            case 7 -> !isNamed("item_id", nameFrom) || item();
            case 11 -> !isNamed("response_id", nameFrom) || response();
            default -> true;
        };
    }

    private boolean type() {
        isAudio = valueTo - valueFrom == TYPE.length() && text.startsWith(TYPE, valueFrom);
        return isAudio;
    }

    private boolean payload() {
        payloadFrom = valueFrom;
        payloadTo = valueTo;
        return true;
    }

    private boolean item() {
        itemId = sameOrNew(itemId);
        hasItemId = true;
        return true;
    }

    private boolean response() {
        responseId = sameOrNew(responseId);
        hasResponseId = true;
        return true;
    }

    private String sameOrNew(String last) {
        int length = valueTo - valueFrom;
        return last.length() == length && text.startsWith(last, valueFrom)
                ? last
                : text.substring(valueFrom, valueTo);
    }

    private boolean isNamed(String name, int nameFrom) {
        return text.startsWith(name, nameFrom);
    }

    private boolean string() {
        if (!next('"')) {
            return false;
        }
        valueFrom = at;
        valueTo = text.indexOf('"', at);
        at = valueTo + 1;
        return valueTo >= 0;
    }

    private boolean number() {
        int from = at;
        while (at < text.length() && "0123456789+-.eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at > from;
    }

    private boolean next(char expected) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean atEnd() {
        skipBlanks();
        return at == text.length();
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
