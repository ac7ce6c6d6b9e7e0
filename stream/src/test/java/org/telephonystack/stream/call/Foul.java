package org.telephonystack.stream.call;

/// A rule that every call keeps was broken.
final class Foul extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String rule;

    Foul(String rule, String detail) {
        super(rule + ": " + detail);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}
