package org.telephonystack.action.recording.file;

import io.smallrye.mutiny.Uni;
import io.vertx.core.file.CopyOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;

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
    public CompletionStage<String> write(RecordingSid sid, byte[] wav) {
        String name = sid + ".wav";
        String part = folder.resolve(name + ".part").toString();
        var files = vertx.fileSystem();
        return files.mkdirs(folder.toString())
                .chain(() -> deleteIfThere(part))
                .chain(() -> files.createFile(part, "rw-------"))
                .chain(() -> files.writeFile(part, Buffer.buffer(wav)))
                .chain(() ->
                        files.move(
                                part,
                                folder.resolve(name).toString(),
                                new CopyOptions().setReplaceExisting(true)))
                .replaceWith(name)
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> delete(String file) {
        return deleteIfThere(folder.resolve(Path.of(file).getFileName()).toString())
                .subscribeAsCompletionStage();
    }

    private Uni<Void> deleteIfThere(String path) {
        var files = vertx.fileSystem();
        return files.exists(path)
                .chain(there -> there ? files.delete(path) : Uni.createFrom().voidItem());
    }
}
