package org.telephonystack.simulator.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who runs PostgreSQL, which refuses to be run by root.
///
/// @param how the way it was found
/// @param name the user's name; empty where the files stay the caller's own
/// @param prefix the command that becomes PostgreSQL's: `[]`, `[unshare, -U]`, `[setpriv, --reuid=nobody, …]`
record PostgresUser(RunAs how, Optional<String> name, List<String> prefix) {

    private static final List<String> USERS = List.of("nobody", "daemon", "postgres");

    /// The first way that works here.
    static PostgresUser find() throws IOException, InterruptedException {
        if (!Commands.output(List.of("id", "-u")).equals(Optional.of("0"))) {
            return new PostgresUser(RunAs.OURSELVES, Optional.empty(), List.of());
        }
        for (RunAs how : List.of(RunAs.UNSHARED, RunAs.UNPRIVILEGED)) {
            Optional<PostgresUser> user = asRoot(how);
            if (user.isPresent()) {
                return user.get();
            }
        }
        throw new IOException(
                "PostgreSQL cannot be run by root, and neither unshare nor setpriv, runuser or su gave another user: "
                        + "run this as another user, or set DATABASE_URL to a server of your own");
    }

    /// One way alone; empty where this machine does not allow it.
    static Optional<PostgresUser> asRoot(RunAs how) throws IOException, InterruptedException {
        for (var candidate : candidates(how)) {
            List<String> question = new ArrayList<>(candidate.prefix());
            question.addAll(List.of("id", "-u"));
            Optional<String> answer = Commands.output(question);
            if (answer.isPresent() && answer.get().matches("[1-9][0-9]*")) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static List<PostgresUser> candidates(RunAs how) {
        return switch (how) {
            case OURSELVES -> List.of(new PostgresUser(how, Optional.empty(), List.of()));
            case UNSHARED ->
                    List.of(new PostgresUser(how, Optional.empty(), List.of("unshare", "-U")));
            case UNPRIVILEGED ->
                    USERS.stream().flatMap(user -> unprivileged(user).stream()).toList();
        };
    }

    private static List<PostgresUser> unprivileged(String user) {
        return List.of(
                        List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"),
                        List.of("setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups"),
                        List.of("runuser", "-u", user, "--"),
                        List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", user))
                .stream()
                .map(prefix -> new PostgresUser(RunAs.UNPRIVILEGED, Optional.of(user), prefix))
                .toList();
    }

    List<String> command(Path program, List<String> arguments) {
        var command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    /// Gives this user a file or folder of ours; nothing to do where it is the same user.
    void own(Path path) throws IOException {
        if (name.isPresent()) {
            var users = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, users.lookupPrincipalByName(name.get()));
        }
    }

    /// Whether this user can get to the folder at all: a home folder is often closed to others.
    boolean reaches(Path folder) throws IOException {
        if (name.isEmpty()) {
            return true;
        }
        for (Path above = folder.toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.exists(above)
                    && !Files.getPosixFilePermissions(above)
                            .contains(PosixFilePermission.OTHERS_EXECUTE)
                    && !Files.getOwner(above).getName().equals(name.get())) {
                return false;
            }
        }
        return true;
    }
}
