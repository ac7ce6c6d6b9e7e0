package org.telephonystack.action.wiring;

import io.quarkus.runtime.QuarkusApplication;

/// One command of an operator; its exit code is 0 when all of it was done, 1 when not.
public final class CommandLine implements QuarkusApplication {

    private static final int FAILED = 1;

    @Override
    public int run(String... args) {
        System.err.println("usage: business apply FILE | clients import FILE.csv");
        return FAILED;
    }
}
