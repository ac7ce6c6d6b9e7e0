package org.telephonystack.action.afterstream;

import java.util.concurrent.CompletionStage;

/// Port: who takes up a call whose stream has ended. Decided with the call's row locked and written down before anybody
/// hears of it, so that two who ask never both act.
public interface Takeovers {

    CompletionStage<Takeover> decide(Question question);
}
