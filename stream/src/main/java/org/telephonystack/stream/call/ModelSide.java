package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.util.List;
import java.util.Optional;

/// What models tell a call, passed to whom it concerns. A call that is over hears nothing.
final class ModelSide implements ModelConnections.Call {

    private final CallSession session;

    ModelSide(CallSession session) {
        this.session = session;
    }

    @Override
    public void step(Runnable step) {
        session.guarded(step);
    }

    @Override
    public void onAudio(String responseId, String itemId, String text, int from, int to) {
        Optional<CallSession.Parts> call = session.open();
        if (call.isPresent()) {
            try {
                Answers answers = call.get().conversation().answers();
                answers.onAudio(responseId, itemId, text, from, to);
            } catch (RuntimeException e) {
                session.fail(e);
            }
        }
    }

    @Override
    public void on(ModelEvent event) {
        session.guarded(call -> route(event, call));
    }

    @Override
    public void onReady() {
        session.guarded(call -> call.opening().onReady());
    }

    @Override
    public void onDown(boolean unnoticed) {
        session.guarded(call -> {
            call.caller().speechStopped();
            call.conversation().onModelDown(unnoticed);
        });
    }

    @Override
    public void onBack(boolean soundLost) {
        session.guarded(call -> call.conversation().onModelBack(soundLost));
    }

    @Override
    public void onRotated() {
        session.guarded(call -> call.conversation().onModelRotated());
    }

    /// Where the call goes on elsewhere anyway, another process may find the model that this one does not.
    @Override
    public void onGivenUp(EndReason reason) {
        session.end(
                session.open()
                        .map(call -> call.conversation().endWithoutModel(reason))
                        .orElse(reason));
    }

    @Override
    public List<Spoken> soFar() {
        return session.open().map(call -> call.conversation().soFar()).orElse(List.of());
    }

    @Override
    public boolean isQuiet() {
        return session.open().filter(call -> call.conversation().isQuiet()).isPresent();
    }

    private void route(ModelEvent event, CallSession.Parts call) {
        Conversation talk = call.conversation();
        switch (event) {
            case ModelEvent.CallerSpeechStarted() -> {
                call.caller().speechStarted();
                talk.caller().onSpeechStarted();
            }
            case ModelEvent.CallerSpeechStopped() -> {
                call.caller().speechStopped();
                talk.caller().onSpeechStopped();
            }
            case ModelEvent.CallerItem(String item) -> talk.caller().onItem(item);
            case ModelEvent.CallerTranscript(String item, String text, var took) -> {
                if (!took.equals(ModelEvent.Transcribed.NONE)) {
                    session.observe(new CallEvent.CallerTranscribed(took));
                }
                talk.caller().onTranscript(item, text);
            }
            case ModelEvent.ResponseCreated(String id) -> talk.answers().onCreated(id);
            case ModelEvent.AssistantWords(String id, String item, String words) ->
                    talk.answers().onWords(id, item, words);
            case ModelEvent.AssistantItemDone(String _, String item) ->
                    talk.answers().onItemDone(item);
            case ModelEvent.ToolRequested tool -> talk.answers().onToolRequested(tool);
            case ModelEvent.ToolAnswerTaken(String callId) -> talk.onToolAnswerTaken(callId);
            case ModelEvent.NoteTaken() -> call.model().line().noteTaken();
            case ModelEvent.ResponseDone done -> talk.onResponseDone(done);
            case ModelEvent.ResponseRefused() -> talk.onResponseRefused();
            case ModelEvent.CallerAudioDropped(long millis) -> session.dropped().add(millis);
            case ModelEvent.Complaint complaint -> onComplaint(complaint, call);
            // Matters of the connection.
            case ModelEvent.Ready(), ModelEvent.Lost _ -> {}
        }
    }

    private void onComplaint(ModelEvent.Complaint complaint, CallSession.Parts call) {
        if (complaint.trouble() == Trouble.LASTING) {
            call.model().onRefused(complaint.code());
        } else {
            session.observe(new CallEvent.ModelTrouble(complaint.trouble(), complaint.code()));
        }
    }
}
