package org.telephonystack.stream.call;

/// The parts of one conversation, for those who play on them: [CallerTurns] the caller's side, [Answers] the assistant's,
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
        SpokenTruth truth,
        OwedLines lines) {

    ModelLine model() {
        return connections.line();
    }

    /// What the model is told before it speaks, without tools, as soon as it can.
    void sayNext(String note) {
        model().note(note);
        slot.want(VoiceModel.Purpose.WORDS_ONLY);
    }

    void observe(CallEvent event) {
        ports.observer().on(event, ports.time().now());
    }
}
