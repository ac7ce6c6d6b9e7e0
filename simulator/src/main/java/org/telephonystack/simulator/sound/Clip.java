package org.telephonystack.simulator.sound;

import java.time.Duration;

/// One recorded sentence.
public final class Clip {

    private final String name;
    private final String text;
    private final byte[] mulaw;

    public Clip(String name, String text, byte[] mulaw) {
        this.name = name;
        this.text = text;
        this.mulaw = mulaw.clone();
    }

    public String name() {
        return name;
    }

    /// What is said, as a transcript would have it.
    public String text() {
        return text;
    }

    /// 8 kHz µ-law without a header; a copy.
    public byte[] mulaw() {
        return mulaw.clone();
    }

    public Duration length() {
        return Duration.ofMillis(mulaw.length / Mulaw.BYTES_PER_MILLI);
    }

    @Override
    public String toString() {
        return name + " (" + text + ")";
    }
}
