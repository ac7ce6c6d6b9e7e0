package org.telephonystack.action.recording;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/// Port: where fetched sound is put. Nobody ever finds half a file.
public interface RecordingFolder {

    /// @return an empty file to write into, whatever an earlier attempt has left
    CompletionStage<Path> begin(RecordingSid sid);

    /// What was written is whole.
    ///
    /// @return the name under which it is found
    CompletionStage<String> keep(RecordingSid sid);

    /// What was written is of no use.
    CompletionStage<Void> drop(RecordingSid sid);

    /// Completes also where there is no such file.
    CompletionStage<Void> delete(String file);
}
