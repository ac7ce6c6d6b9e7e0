package org.telephonystack.stream.call.postgres;

import org.telephonystack.model.CallSid;
import org.telephonystack.stream.call.ModelEvent.Transcribed;
import org.telephonystack.stream.call.ModelEvent.Usage;

import java.math.BigDecimal;
import java.util.ArrayList;

/// What one call took of the models, added to what it had taken before. The daily cost limit counts it: it waits for a database
/// that is away. One statement at a time; what comes meanwhile goes together into the next.
final class CallUsage {

    private static final String ADD =
            """
            insert into call_usage as u (call_sid, responses, text_in, text_cached, audio_in, audio_cached, text_out, audio_out,
                transcribed_text_in, transcribed_audio_in, transcribed_text_out, transcribed_seconds)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (call_sid) do update set
                responses = u.responses + excluded.responses,
                text_in = u.text_in + excluded.text_in, text_cached = u.text_cached + excluded.text_cached,
                audio_in = u.audio_in + excluded.audio_in, audio_cached = u.audio_cached + excluded.audio_cached,
                text_out = u.text_out + excluded.text_out, audio_out = u.audio_out + excluded.audio_out,
                transcribed_text_in = u.transcribed_text_in + excluded.transcribed_text_in,
                transcribed_audio_in = u.transcribed_audio_in + excluded.transcribed_audio_in,
                transcribed_text_out = u.transcribed_text_out + excluded.transcribed_text_out,
                transcribed_seconds = u.transcribed_seconds + excluded.transcribed_seconds,
                updated_at = now()
            """;

    private final PatientWriter writer;
    private final CallSid callSid;
    private int responses;
    private Usage used = Usage.NONE;
    private Transcribed transcribed = Transcribed.NONE;
    private boolean writing;

    CallUsage(PatientWriter writer, CallSid callSid) {
        this.writer = writer;
        this.callSid = callSid;
    }

    /// What a response cost. Of nothing nothing is written.
    synchronized void add(Usage more) {
        if (more.equals(Usage.NONE)) {
            return;
        }
        responses++;
        used =
                new Usage(
                        used.textIn() + more.textIn(),
                        used.textCached() + more.textCached(),
                        used.audioIn() + more.audioIn(),
                        used.audioCached() + more.audioCached(),
                        used.textOut() + more.textOut(),
                        used.audioOut() + more.audioOut());
        writeUnlessWriting();
    }

    /// What writing down the caller's words took, likewise.
    synchronized void add(Transcribed more) {
        if (more.equals(Transcribed.NONE)) {
            return;
        }
        transcribed =
                new Transcribed(
                        transcribed.textIn() + more.textIn(),
                        transcribed.audioIn() + more.audioIn(),
                        transcribed.textOut() + more.textOut(),
                        transcribed.seconds() + more.seconds());
        writeUnlessWriting();
    }

    private void writeUnlessWriting() {
        boolean isNothing = responses == 0 && transcribed.equals(Transcribed.NONE);
        if (writing || isNothing) {
            return;
        }
        writing = true;
        var row = new ArrayList<Object>();
        row.add(callSid.value());
        row.add(responses);
        row.add(used.textIn());
        row.add(used.textCached());
        row.add(used.audioIn());
        row.add(used.audioCached());
        row.add(used.textOut());
        row.add(used.audioOut());
        row.add(transcribed.textIn());
        row.add(transcribed.audioIn());
        row.add(transcribed.textOut());
        row.add(BigDecimal.valueOf(transcribed.seconds()));
        responses = 0;
        used = Usage.NONE;
        transcribed = Transcribed.NONE;
        writer.write("usage", callSid, ADD, row, this::written);
    }

    private synchronized void written() {
        writing = false;
        writeUnlessWriting();
    }
}
