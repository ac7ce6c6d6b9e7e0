package org.telephonystack.action.analysis;

import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: one durable job a call.
public interface AnalysisStore {

    /// @param attempts this one included
    /// @param overLimit as many calls were analysed within a day as may be
    record Job(CallSid callSid, int attempts, boolean overLimit) {}

    /// Of a call that is over and was not analysed; no other process's for a while.
    CompletionStage<Optional<Job>> next(int mostADay);

    CompletionStage<List<Analyst.Line>> transcript(CallSid callSid);

    CompletionStage<Void> done(Job job, Analyst.Result.Done done);

    /// @param tokens of this attempt; those of all attempts are added up
    CompletionStage<Void> later(Job job, String why, Duration after, Analyst.Tokens tokens);

    /// @param tokens of this attempt; those of all attempts are added up
    CompletionStage<Void> unavailable(Job job, String why, Analyst.Tokens tokens);
}
