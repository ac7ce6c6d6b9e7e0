package org.telephonystack.action.recording;

import java.util.concurrent.CompletionStage;

/// Port: where fetched sound is put.
public interface RecordingFolder {

    /// @return the name under which it is found; nobody ever sees half a file
    CompletionStage<String> write(RecordingSid sid, byte[] wav);

    /// Completes also where there is no such file.
    CompletionStage<Void> delete(String file);
}
