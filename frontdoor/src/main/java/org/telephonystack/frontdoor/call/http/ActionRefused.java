package org.telephonystack.frontdoor.call.http;

/// Action answered, but not with anything we can act on. Frequent when action is ill, so without a stack trace.
final class ActionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ActionRefused(String message) {
        super(message, null, false, false);
    }
}
