package org.telephonystack.action.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

class RecordingKeeperTest {

    private static final RecordingSid SID = new RecordingSid("RE" + "8".repeat(32));

    private final List<String> done = new ArrayList<>();

    @Test
    void whatIsWholeIsKept() {
        fetch(1, new RecordingArchive.Fetched.Whole());

        assertThat(done).containsExactly("begin", "ask", "keep", "fetched");
    }

    @Test
    void whatIsNotWholeIsDroppedAndTriedAgain() {
        fetch(1, new RecordingArchive.Fetched.NotNow("timeout"));

        assertThat(done).containsExactly("begin", "ask", "drop", "later timeout");
    }

    @Test
    void whatIsTooLargeIsNotTriedAgain() {
        fetch(1, new RecordingArchive.Fetched.Never("too_large"));

        assertThat(done).containsExactly("begin", "ask", "drop", "failed too_large");
    }

    @Test
    void theTwelfthAttemptIsTheLast() {
        fetch(12, new RecordingArchive.Fetched.NotNow("http_404"));

        assertThat(done).containsExactly("begin", "ask", "drop", "failed http_404");
    }

    /// Twelve times a process began to fetch it, and never came to the end.
    @Test
    void whatEndsTheProcessEachTimeIsNotAskedForAnyMore() {
        fetch(13, new RecordingArchive.Fetched.Whole());

        assertThat(done).containsExactly("drop", "failed unfinished");
    }

    private void fetch(int attempt, RecordingArchive.Fetched fetched) {
        new RecordingKeeper(
                        new OneWaiting(attempt),
                        new Archive(fetched),
                        Optional.of(new Folder()),
                        (_, _, _) -> {},
                        Duration.ofDays(30))
                .fetchDue()
                .toCompletableFuture()
                .join();
    }

    private <T> CompletionStage<T> note(String what, T result) {
        done.add(what);
        return CompletableFuture.completedFuture(result);
    }

    private CompletionStage<Void> note(String what) {
        done.add(what);
        return CompletableFuture.completedFuture(null);
    }

    private final class Folder implements RecordingFolder {
        @Override
        public CompletionStage<Path> begin(RecordingSid sid) {
            return note("begin", Path.of("part"));
        }

        @Override
        public CompletionStage<String> keep(RecordingSid sid) {
            return note("keep", "file");
        }

        @Override
        public CompletionStage<Void> drop(RecordingSid sid) {
            return note("drop");
        }

        @Override
        public CompletionStage<Void> delete(String file) {
            return note("delete");
        }
    }

    private final class Archive implements RecordingArchive {

        private final Fetched fetched;

        Archive(Fetched fetched) {
            this.fetched = fetched;
        }

        @Override
        public CompletionStage<Fetched> fetch(RecordingSid sid, Path into) {
            return note("ask", fetched);
        }

        @Override
        public CompletionStage<Deleted> delete(RecordingSid sid) {
            return note("delete", new Deleted.Gone());
        }
    }

    private final class OneWaiting implements RecordingStore {

        private Optional<Waiting> next;

        OneWaiting(int attempt) {
            next = Optional.of(new Waiting(SID, attempt));
        }

        @Override
        public CompletionStage<Optional<Waiting>> nextWaiting() {
            Optional<Waiting> handedOut = next;
            next = Optional.empty();
            return CompletableFuture.completedFuture(handedOut);
        }

        @Override
        public CompletionStage<Optional<Old>> nextOlderThan(Duration age) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<Void> kept(RecordingSid sid) {
            return note("kept");
        }

        @Override
        public CompletionStage<Void> fetched(RecordingSid sid, String file) {
            return note("fetched");
        }

        @Override
        public CompletionStage<Void> later(RecordingSid sid, String why, Duration after) {
            return note("later " + why);
        }

        @Override
        public CompletionStage<Void> failed(RecordingSid sid, String why) {
            return note("failed " + why);
        }

        @Override
        public CompletionStage<Void> deleted(RecordingSid sid) {
            return note("deleted");
        }
    }
}
