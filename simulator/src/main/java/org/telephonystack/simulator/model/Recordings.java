package org.telephonystack.simulator.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The recorded sentences of one side by what is said in them: `sound/<side>/clips.tsv` (name, tab, text) and
/// `sound/<side>/<name>.ulaw` on the classpath.
final class Recordings {

    private Recordings() {}

    static Map<String, byte[]> of(String side) {
        var sentences = new HashMap<String, byte[]>();
        String list = new String(read(side + "/clips.tsv"), StandardCharsets.UTF_8);
        list.lines()
                .map(line -> line.split("\t", 2))
                .filter(columns -> columns.length == 2)
                .forEach(columns ->
                        sentences.put(columns[1].strip(), read(side + "/" + columns[0] + ".ulaw")));
        return sentences;
    }

    private static byte[] read(String name) {
        try (InputStream in = Recordings.class.getResourceAsStream("/sound/" + name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("recorded speech " + name, e);
        }
    }
}
