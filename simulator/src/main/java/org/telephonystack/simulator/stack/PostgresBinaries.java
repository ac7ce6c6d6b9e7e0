package org.telephonystack.simulator.stack;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/// PostgreSQL's programs for this machine, unpacked once per user from zonky's archive on the class path.
///
/// They go below the temporary folder and not into the home folder, because another user may have to run them: see
/// [PostgresUser].
final class PostgresBinaries {

    private PostgresBinaries() {}

    /// @return the folder that holds `bin/postgres`
    static Path unpacked() throws IOException {
        String archive = archive();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (InputStream packed = open(archive)) {
            Path folder =
                    temporary.resolve(
                            "telephony-postgres-%s-%s-%d"
                                    .formatted(
                                            System.getProperty("user.name"),
                                            archive.replaceAll("postgres-|\\.txz", ""),
                                            packed.available()));
            if (Files.isExecutable(folder.resolve("bin/postgres"))) {
                return trusted(folder);
            }
            Path fresh = Files.createTempDirectory(temporary, "telephony-postgres-");
            unpack(packed, fresh);
            return trusted(moved(fresh, folder));
        }
    }

    /// As zonky names them: `postgres-linux-x86_64.txz`, `postgres-darwin-arm_64.txz`.
    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return "postgres-%s-%s.txz"
                .formatted(
                        system.startsWith("mac") ? "darwin" : system,
                        processor.equals("aarch64") ? "arm_64" : "x86_64");
    }

    private static InputStream open(String archive) throws IOException {
        InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive);
        if (packed == null) {
            throw new IOException(
                    "no PostgreSQL for this machine on the class path ("
                            + archive
                            + "): set DATABASE_URL to a server of your own");
        }
        return packed;
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("archive reaches outside: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(tar, target);
                    Files.setPosixFilePermissions(
                            target,
                            PosixFilePermissions.fromString(
                                    (entry.getMode() & 0111) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Two processes may unpack at the same time: the first one's folder stays.
    private static Path moved(Path fresh, Path folder) throws IOException {
        try {
            return Files.move(fresh, folder);
        } catch (FileAlreadyExistsException
                | DirectoryNotEmptyException
                | AtomicMoveNotSupportedException e) {
            if (Files.isExecutable(folder.resolve("bin/postgres"))) {
                Folders.delete(fresh);
                return folder;
            }
            return fresh;
        }
    }

    /// The temporary folder is everybody's: run nothing that somebody else has put there.
    private static Path trusted(Path folder) throws IOException {
        String owner = Files.getOwner(folder).getName();
        if (!owner.equals(System.getProperty("user.name"))) {
            throw new IOException(folder + " belongs to " + owner + ": remove it");
        }
        return folder;
    }
}
