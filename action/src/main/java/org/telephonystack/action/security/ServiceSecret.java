package org.telephonystack.action.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The bearer token of calls between our services; during a rotation two are good. Without any secret nobody is let in.
public final class ServiceSecret {

    private static final String SCHEME = "bearer ";

    private final List<byte[]> accepted;

    public ServiceSecret(Optional<String> current, Optional<String> next) {
        this.accepted =
                Stream.of(current, next)
                        .flatMap(Optional::stream)
                        .filter(secret -> !secret.isBlank())
                        .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                        .toList();
    }

    /// @param authorization every `Authorization` header of the request: more than one, or none, is refused
    public boolean accepts(List<String> authorization) {
        if (authorization.size() != 1
                || !authorization.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given =
                authorization
                        .getFirst()
                        .substring(SCHEME.length())
                        .strip()
                        .getBytes(StandardCharsets.UTF_8);
        boolean good = false;
        for (byte[] secret : accepted) {
            // No early exit: the time tells nothing about which of the two was close.
            good |= MessageDigest.isEqual(secret, given);
        }
        return good;
    }
}
