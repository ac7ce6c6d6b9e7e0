package org.telephonystack.action.recording;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: which recordings there are. What is handed out is no other process's for a while.
public interface RecordingStore {

    /// One whose sound has not been fetched yet.
    ///
    /// @param attempts this one included
    record Waiting(RecordingSid sid, int attempts) {}

    /// One that has been kept long enough.
    ///
    /// @param file where its sound is, if it was fetched
    record Old(RecordingSid sid, Optional<String> file) {}

    CompletionStage<Optional<Waiting>> nextWaiting();

    CompletionStage<Optional<Old>> nextOlderThan(Duration age);

    /// It stays with the provider: the reference is all we keep.
    CompletionStage<Void> kept(RecordingSid sid);

    CompletionStage<Void> fetched(RecordingSid sid, String file);

    CompletionStage<Void> later(RecordingSid sid, String why, Duration after);

    CompletionStage<Void> failed(RecordingSid sid, String why);

    CompletionStage<Void> deleted(RecordingSid sid);
}
