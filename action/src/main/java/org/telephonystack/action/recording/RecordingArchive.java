package org.telephonystack.action.recording;

import java.util.concurrent.CompletionStage;

/// Port: the provider's own store of recordings. No method fails: every end is a result.
public interface RecordingArchive {

    CompletionStage<Fetched> fetch(RecordingSid sid);

    CompletionStage<Deleted> delete(RecordingSid sid);

    /// What fetching came to.
    sealed interface Fetched {

        @SuppressWarnings("ArrayRecordComponent") // sound: nobody compares it
        record Sound(byte[] wav) implements Fetched {}

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
