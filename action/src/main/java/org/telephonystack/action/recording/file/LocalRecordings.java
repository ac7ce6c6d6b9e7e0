package org.telephonystack.action.recording.file;

import io.smallrye.mutiny.Uni;
import io.vertx.core.file.CopyOptions;
import io.vertx.mutiny.core.Vertx;

import org.telephonystack.action.recording.RecordingFolder;
import org.telephonystack.action.recording.RecordingSid;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/// A folder, readable for us alone. On Kubernetes it is a volume; whoever wants an object store mounts one.
public final class LocalRecordings implements RecordingFolder {

    private final Vertx vertx;
    private final Path folder;

    public LocalRecordings(Vertx vertx, Path folder) {
        this.vertx = vertx;
        this.folder = folder;
    }

    @Override
    public CompletionStage<Path> begin(RecordingSid sid) {
        Path part = part(sid);
        return vertx.fileSystem()
                .mkdirs(folder.toString())
                .chain(() -> deleteIfThere(part))
                .chain(() -> vertx.fileSystem().createFile(part.toString(), "rw-------"))
                .replaceWith(part)
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<String> keep(RecordingSid sid) {
        String name = sid + ".wav";
        return vertx.fileSystem()
                .move(
                        part(sid).toString(),
                        folder.resolve(name).toString(),
                        new CopyOptions().setReplaceExisting(true))
                .replaceWith(name)
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> drop(RecordingSid sid) {
        return deleteIfThere(part(sid)).subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> delete(String file) {
        return deleteIfThere(folder.resolve(Path.of(file).getFileName()))
                .subscribeAsCompletionStage();
    }

    private Path part(RecordingSid sid) {
        return folder.resolve(sid + ".wav.part");
    }

    private Uni<Void> deleteIfThere(Path path) {
        var files = vertx.fileSystem();
        return files.exists(path.toString())
                .chain(there ->
                        there ? files.delete(path.toString()) : Uni.createFrom().voidItem());
    }
}
