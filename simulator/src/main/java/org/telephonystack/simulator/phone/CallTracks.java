package org.telephonystack.simulator.phone;

import java.io.ByteArrayOutputStream;

/// The sound of both sides, frame by frame from the moment of dialling; 8 bytes are a millisecond.
final class CallTracks {

    private final boolean records;
    private final ByteArrayOutputStream caller = new ByteArrayOutputStream();
    private final ByteArrayOutputStream assistant = new ByteArrayOutputStream();

    CallTracks(boolean records) {
        this.records = records;
    }

    synchronized void add(byte[] callerFrame, byte[] assistantFrame) {
        if (records) {
            caller.writeBytes(callerFrame);
            assistant.writeBytes(assistantFrame);
        }
    }

    synchronized byte[] caller() {
        return caller.toByteArray();
    }

    synchronized byte[] assistant() {
        return assistant.toByteArray();
    }
}
