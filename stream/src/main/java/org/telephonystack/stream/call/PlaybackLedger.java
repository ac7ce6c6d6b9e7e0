package org.telephonystack.stream.call;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What the caller has heard of the assistant: per item of the conversation, bytes sent and bytes played.
///
/// ```text
/// sent     |=item a=========|=item b======|            all positions are bytes since the last `clear`
/// marks         ^g1-1 ^g1-2    ^g1-3   ^g1-4           come back when what is before them was played
/// heard    |=========.:                                the last mark that came back, and on from there by Twilio's clock,
/// ```                                                  but never past the next mark that has not come back
///
/// `clear` makes Twilio return every pending mark though nothing was played; such marks name an older generation and count
/// for nothing.
final class PlaybackLedger {

    /// The longest piece of audio sent at once, in base64 characters: 1,599 bytes, just under 200 ms. A multiple of 4, so that
    /// every piece is base64 of its own.
    static final int PIECE_CHARS = 2_132;

    /// 200 ms.
    private static final int MARK_EVERY_BYTES = 1_600;

    /// How much longer than the sound itself its marks may be on their way.
    private static final int MARKS_LOST_AFTER_MILLIS = 2_000;

    /// An item that will not be heard further than this.
    record Unheard(String itemId, long heardMillis, long sentMillis) {}

    /// One piece without a break: what something else was sent into the middle of goes on in another.
    private static final class Item {
        final String id;
        final long startsAt;
        final @Nullable Item before;
        boolean goesOn;
        long sent;
        boolean done;

        Item(String id, long startsAt, @Nullable Item before) {
            this.id = id;
            this.startsAt = startsAt;
            this.before = before;
        }
    }

    private record Mark(int number, long position) {}

    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private int generation = 1;
    private int lastMark;
    private long sent;
    private long marked;
    private long heard;
    private long heardAtTimestamp;
    private long timestamp;

    /// Twilio's `media.timestamp`, the clock that runs as fast as playback does.
    ///
    /// @return whether everything counts as heard with that, though nobody said so
    boolean onTimestamp(long timestampMillis) {
        timestamp = Math.max(timestamp, timestampMillis);
        if (heard < sent
                && timestamp - heardAtTimestamp > unheardMillis() + MARKS_LOST_AFTER_MILLIS) {
            // A telephone that returns no marks would else seem to play for ever.
            heard = sent;
            marks.clear();
            return true;
        }
        return false;
    }

    /// Whether a mark has to go out before this many bytes more.
    boolean isMarkDueBefore(int bytes) {
        return sent > marked && sent + bytes - marked > MARK_EVERY_BYTES;
    }

    /// Whether a whole piece is without a mark.
    boolean isMarkDue() {
        return sent - marked >= PIECE_CHARS * 3 / 4;
    }

    boolean hasUnmarked() {
        return sent > marked;
    }

    void sent(String itemId, int bytes) {
        if (!isPlaying()) {
            // Silence until now: playback begins with this piece.
            heardAtTimestamp = timestamp;
        }
        Item item = items.peekLast();
        if (item == null || !item.id.equals(itemId)) {
            item = begin(itemId);
        }
        item.sent += bytes;
        sent += bytes;
    }

    private Item begin(String itemId) {
        Item before = null;
        for (Item earlier : items) {
            if (earlier.id.equals(itemId)) {
                before = earlier;
            }
        }
        if (before != null) {
            before.goesOn = true;
        }
        Item item = new Item(itemId, sent, before);
        items.addLast(item);
        return item;
    }

    /// A mark behind everything sent so far.
    String nextMark() {
        marked = sent;
        marks.addLast(new Mark(++lastMark, sent));
        return "g" + generation + "-" + lastMark;
    }

    /// No more audio will be sent of this item.
    void done(String itemId) {
        for (Item item : items) {
            if (item.id.equals(itemId)) {
                item.done = true;
            }
        }
    }

    /// No more audio will be sent of anything sent so far.
    void allDone() {
        for (Item item : items) {
            item.done = true;
        }
    }

    /// @return whether this mark says that something more was heard; unknown, repeated and outdated marks say nothing
    boolean onMark(String name) {
        int number = numberOf(name);
        if (number < 0 || marks.isEmpty() || number < marks.getFirst().number()) {
            return false;
        }
        while (!marks.isEmpty() && marks.getFirst().number() <= number) {
            heard = marks.removeFirst().position();
        }
        heardAtTimestamp = timestamp;
        return true;
    }

    /// Takes out the items that are over and were heard to their end.
    List<Unheard> takeHeard() {
        List<Unheard> whole = new ArrayList<>();
        while (!items.isEmpty()) {
            Item item = items.getFirst();
            if (!item.done || heard < item.startsAt + item.sent) {
                break;
            }
            items.removeFirst();
            if (!item.goesOn) {
                whole.add(state(item, heard));
            }
        }
        return whole;
    }

    /// Whether something was sent that is not known to be heard.
    boolean isPlaying() {
        return heard < sent;
    }

    /// Since the last `clear`.
    long sentMillis() {
        return sent / Base64Audio.BYTES_PER_MILLI;
    }

    long unheardMillis() {
        return (sent - heard) / Base64Audio.BYTES_PER_MILLI;
    }

    /// Whether the mark that came back last lies behind the beginning of any other item than this.
    boolean isHeardBut(String itemId) {
        for (Item item : items) {
            if (heard > item.startsAt && !item.id.equals(itemId)) {
                return true;
            }
        }
        return false;
    }

    /// What has to be heard before the item that was begun last.
    long millisBeforeNewest() {
        Item newest = items.peekLast();
        return newest == null
                ? 0
                : Math.max(0, newest.startsAt - heard) / Base64Audio.BYTES_PER_MILLI;
    }

    /// The items that were not heard to their end, as far as they were, in order.
    List<Unheard> playing() {
        long position = position();
        return items.stream()
                .filter(item -> !item.goesOn)
                .map(item -> state(item, position))
                .toList();
    }

    /// Ends the generation: what was not heard never will be.
    ///
    /// @return the items that were not heard to their end, in order
    List<Unheard> interrupt() {
        List<Unheard> cut = playing();
        items.clear();
        marks.clear();
        generation++;
        sent = 0;
        marked = 0;
        heard = 0;
        return cut;
    }

    private long position() {
        if (!isPlaying()) {
            return heard;
        }
        long played = heard + (timestamp - heardAtTimestamp) * Base64Audio.BYTES_PER_MILLI;
        long bound = marks.isEmpty() ? sent : marks.getFirst().position();
        return Math.min(played, bound);
    }

    private static Unheard state(Item last, long position) {
        long played = 0;
        long sent = 0;
        for (Item item = last; item != null; item = item.before) {
            played += Math.clamp(position - item.startsAt, 0, item.sent);
            sent += item.sent;
        }
        return new Unheard(
                last.id, played / Base64Audio.BYTES_PER_MILLI, sent / Base64Audio.BYTES_PER_MILLI);
    }

    /// The number in `g<generation>-<number>`, or -1 for a name that is not of this generation.
    private int numberOf(String name) {
        String prefix = "g" + generation + "-";
        if (!name.startsWith(prefix) || name.length() > prefix.length() + 9) {
            return -1;
        }
        int number = 0;
        for (int i = prefix.length(); i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number > lastMark ? -1 : number;
    }
}
