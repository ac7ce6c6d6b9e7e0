package org.telephonystack.model.settings;

import java.util.Locale;

/// What a process's standard output speaks.
public final class Console {

    private Console() {}

    /// Log lines are an interface and hold emojis: they are UTF-8 wherever the process runs, also under `LC_ALL=C`, where
    /// Java would write question marks. Call it first thing in `main`: the logging reads the property when it starts.
    ///
    /// An encoding that somebody chose, by locale or by `-Dstdout.encoding`, stays if it can say everything.
    public static void speakUtf8() {
        String chosen = System.getProperty("stdout.encoding", "");
        if (!chosen.toUpperCase(Locale.ROOT).startsWith("UTF")) {
            System.setProperty("stdout.encoding", "UTF-8");
        }
    }
}
