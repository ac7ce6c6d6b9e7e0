package org.telephonystack.action.recording;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/// Port: the provider's own store of recordings. Every end is a result, but for a file that cannot be written: then the stage
/// fails.
public interface RecordingArchive {

    /// @param into an empty file; what is in it is whole where the result says so
    CompletionStage<Fetched> fetch(RecordingSid sid, Path into);

    CompletionStage<Deleted> delete(RecordingSid sid);

    /// What fetching came to.
    sealed interface Fetched {

        record Whole() implements Fetched {}

        /// Not there yet, or the provider is away: try again.
        record NotNow(String why) implements Fetched {}

        /// It will never be had.
        record Never(String why) implements Fetched {}
    }

    /// What deleting came to.
    sealed interface Deleted {

        /// Also where it was not there any more.
        record Gone() implements Deleted {}

        record NotNow(String why) implements Deleted {}
    }
}
