package org.telephonystack.action.tool;

/// The caller has had as many tool calls as there are within a while, of all processes together. No defect, so without a
/// stack trace.
final class TooManyToolCalls extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyToolCalls() {
        super("too many tool calls", null, false, false);
    }
}
