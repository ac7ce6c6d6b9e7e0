package org.telephonystack.action.recording;

import org.telephonystack.action.recording.RecordingArchive.Deleted;
import org.telephonystack.action.recording.RecordingArchive.Fetched;
import org.telephonystack.action.recording.RecordingStore.Old;
import org.telephonystack.action.recording.RecordingStore.Waiting;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Brings home what callers said, where there is a folder for it, and deletes it everywhere when its time is over: at the
/// provider first, for what is left on our disk is found again, what is left there costs money and is somebody else's.
public final class RecordingKeeper {

    private static final int MOST_ATTEMPTS = 12;
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(30);
    private static final int MOST_A_ROUND = 50;

    private final RecordingStore store;
    private final RecordingArchive archive;
    private final Optional<RecordingFolder> folder;
    private final RecordingEvents events;
    private final Duration retention;

    /// @param folder empty: sound stays with the provider
    /// @param retention how long a recording exists anywhere
    public RecordingKeeper(
            RecordingStore store,
            RecordingArchive archive,
            Optional<RecordingFolder> folder,
            RecordingEvents events,
            Duration retention) {
        this.store = store;
        this.archive = archive;
        this.folder = folder;
        this.events = events;
        this.retention = retention;
    }

    public CompletionStage<Void> fetchDue() {
        return fetchDue(MOST_A_ROUND);
    }

    public CompletionStage<Void> deleteOld() {
        return deleteOld(MOST_A_ROUND);
    }

    private CompletionStage<Void> fetchDue(int left) {
        if (left == 0) {
            return done();
        }
        return store.nextWaiting()
                .thenCompose(next ->
                        next.map(one -> fetch(one).thenCompose(_ -> fetchDue(left - 1)))
                                .orElseGet(RecordingKeeper::done));
    }

    private CompletionStage<Void> fetch(Waiting waiting) {
        RecordingSid sid = waiting.sid();
        if (folder.isEmpty()) {
            return store.kept(sid).thenAccept(_ -> events.onRecording(sid, "kept", ""));
        }
        // Counted before it began: whatever ends the process in the middle of it does so that often
        // and no more.
        if (waiting.attempts() > MOST_ATTEMPTS) {
            return folder.get().drop(sid).thenCompose(_ -> failed(sid, "unfinished"));
        }
        return fetch(waiting, folder.get());
    }

    private CompletionStage<Void> fetch(Waiting waiting, RecordingFolder place) {
        RecordingSid sid = waiting.sid();
        return place.begin(sid)
                .thenCompose(part -> archive.fetch(sid, part))
                .thenCompose(fetched ->
                        switch (fetched) {
                            case Fetched.Whole() ->
                                    place.keep(sid)
                                            .thenCompose(file -> store.fetched(sid, file))
                                            .thenAccept(
                                                    _ -> events.onRecording(sid, "fetched", ""));
                            case Fetched.NotNow(var why) ->
                                    place.drop(sid).thenCompose(_ -> again(waiting, why));
                            case Fetched.Never(var why) ->
                                    place.drop(sid).thenCompose(_ -> failed(sid, why));
                        })
                .exceptionallyCompose(_ -> again(waiting, "folder"));
    }

    private CompletionStage<Void> again(Waiting waiting, String why) {
        if (waiting.attempts() >= MOST_ATTEMPTS) {
            return failed(waiting.sid(), why);
        }
        Duration backoff = Duration.ofSeconds(2L << Math.min(waiting.attempts(), 12));
        return store.later(
                        waiting.sid(),
                        why,
                        backoff.compareTo(LONGEST_BACKOFF) < 0 ? backoff : LONGEST_BACKOFF)
                .thenAccept(_ -> events.onRecording(waiting.sid(), "retry", why));
    }

    private CompletionStage<Void> failed(RecordingSid sid, String why) {
        return store.failed(sid, why).thenAccept(_ -> events.onRecording(sid, "failed", why));
    }

    private CompletionStage<Void> deleteOld(int left) {
        if (left == 0) {
            return done();
        }
        return store.nextOlderThan(retention)
                .thenCompose(next ->
                        next.map(one -> delete(one).thenCompose(_ -> deleteOld(left - 1)))
                                .orElseGet(RecordingKeeper::done));
    }

    private CompletionStage<Void> delete(Old old) {
        return archive.delete(old.sid())
                .thenCompose(deleted ->
                        switch (deleted) {
                            case Deleted.Gone() ->
                                    deleteFile(old)
                                            .thenCompose(_ -> store.deleted(old.sid()))
                                            .thenAccept(_ ->
                                                    events.onRecording(old.sid(), "deleted", ""));
                            case Deleted.NotNow(var why) -> notDeleted(old, why);
                        })
                .exceptionallyCompose(_ -> notDeleted(old, "folder"));
    }

    private CompletionStage<Void> deleteFile(Old old) {
        if (old.file().isEmpty()) {
            return done();
        }
        return folder.map(place -> place.delete(old.file().get()))
                .orElseGet(() ->
                        CompletableFuture.failedFuture(
                                new IllegalStateException("a file, and no folder is set")));
    }

    /// It comes again by itself after its lease.
    private CompletionStage<Void> notDeleted(Old old, String why) {
        events.onRecording(old.sid(), "delete_retry", why);
        return done();
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
