package org.telephonystack.action.reaper;

import java.util.concurrent.CompletionStage;

/// Port: takes a live call away from whatever it does and sends it to `after-stream`. Never fails.
@FunctionalInterface
public interface CallRedirect {

    CompletionStage<Result> redirect(OrphanedCall call);

    enum Result {
        REDIRECTED,
        /// The caller has hung up meanwhile.
        OVER,
        /// Refused, or not answered: it may have happened all the same.
        FAILED
    }
}
