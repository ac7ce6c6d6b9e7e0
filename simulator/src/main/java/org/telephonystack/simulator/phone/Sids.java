package org.telephonystack.simulator.phone;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Twilio's identifiers: two letters and 32 hex digits.
public final class Sids {

    private Sids() {}

    /// @param prefix `CA`, `MZ`, `SM`, `RE`
    public static String random(String prefix) {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }
}
