package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.sound.Wav;
import org.telephonystack.simulator.webhook.Callbacks;
import org.telephonystack.simulator.webhook.TwilioError;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// All that the network knows about a call after its end.
public final class CallRecord {

    private final String callSid;
    private final String from;
    private final String status;
    private final String endedBy;
    private final Duration length;
    private final List<CallEvent> events;
    private final List<TwilioError.Entry> complaints;
    private final List<Callbacks.Sent> callbacks;
    private final List<StreamRecord> streams;
    private final CallTracks tracks;

    CallRecord(
            String callSid,
            String from,
            String status,
            String endedBy,
            Duration length,
            CallJournal journal,
            List<StreamRecord> streams,
            CallTracks tracks) {
        this.callSid = callSid;
        this.from = from;
        this.status = status;
        this.endedBy = endedBy;
        this.length = length;
        this.events = journal.events();
        this.complaints = journal.complaints();
        this.callbacks = journal.callbacks();
        this.streams = List.copyOf(streams);
        this.tracks = tracks;
    }

    public String callSid() {
        return callSid;
    }

    public String from() {
        return from;
    }

    /// The final `CallStatus`.
    public String status() {
        return status;
    }

    /// `caller`, `twiml`, `rest`, `webhook failure`.
    public String endedBy() {
        return endedBy;
    }

    public Duration length() {
        return length;
    }

    public List<CallEvent> events() {
        return events;
    }

    public List<String> textsOf(CallEvent.Kind kind) {
        return events.stream().filter(event -> event.is(kind)).map(CallEvent::text).toList();
    }

    /// What the debugger would show for this call.
    public List<TwilioError.Entry> complaints() {
        return complaints;
    }

    public boolean hasComplaint(TwilioError error) {
        return complaints.stream().anyMatch(entry -> entry.error() == error);
    }

    /// Notifications answered so far; complete in the record of [PhoneCall#settled()].
    public List<Callbacks.Sent> callbacks() {
        return callbacks;
    }

    public List<StreamRecord> streams() {
        return streams;
    }

    /// What the caller said, µ-law from the moment of dialling.
    public byte[] callerSound() {
        return tracks.caller();
    }

    /// What the caller heard from media streams, µ-law from the moment of dialling; after `clear` nothing of what was queued.
    public byte[] assistantSound() {
        return tracks.assistant();
    }

    /// Which recorded sentences the caller heard, when and how much of each.
    public List<Clips.Found> heard(Clips assistant) {
        return assistant.findIn(tracks.assistant());
    }

    /// The caller on the left, the assistant on the right.
    public void writeWav(Path file) throws IOException {
        Wav.write(file, tracks.caller(), tracks.assistant());
    }
}
