package org.telephonystack.simulator.stack;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Secrets for one local run.
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// 32 lower-case hex digits: the shape of an auth token, and long enough for every secret of ours.
    static String random() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
