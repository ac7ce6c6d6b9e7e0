package org.telephonystack.action.recording;

/// Port: what an operator gets to see.
@FunctionalInterface
public interface RecordingEvents {

    /// @param result `kept`, `fetched`, `retry`, `failed`, `deleted`, `delete_retry`
    /// @param why a word; empty where nothing went wrong
    void onRecording(RecordingSid sid, String result, String why);
}
