package org.telephonystack.stream.call;

import java.time.Duration;

/// The parts of one conversation, for those who play on them: [Conversation] the caller's side, [Answers] the assistant's,
/// [ModelChange] the break between two models.
record Talk(
        CallPorts ports,
        CallSettings settings,
        CallTimers timers,
        ModelConnections connections,
        AssistantVoice voice,
        Transcript transcript,
        ResponseSlot slot,
        Errands errands,
        Greeting greeting,
        Farewell farewell,
        TurnClock turn,
        CallerSilence silence,
        DeadAir deadAir,
        Pulse pulse,
        SpokenTruth truth) {

    ModelLine model() {
        return connections.line();
    }

    /// What the model is told before it speaks, without tools, as soon as it can.
    void sayNext(String note) {
        model().note(note);
        slot.want(VoiceModel.Purpose.WORDS_ONLY);
        pulse.watch();
    }

    /// A model that is up may be silent for twice as long as none: mostly it is about to speak.
    Duration slowAnswer() {
        return settings.reconnect().clipAfter().multipliedBy(2);
    }

    void observe(CallEvent event) {
        ports.observer().on(event, ports.time().now());
    }
}
