package org.telephonystack.action.analysis;

import java.util.List;

/// What a call was about. Written by a model from what was said: worth reading, never a fact.
///
/// @param sentiment of the caller, overall: `positive`, `neutral`, `negative`
/// @param sentimentCourse the same words, from the beginning of the call to its end
/// @param followUps what was promised to the caller
/// @param openQuestions what the caller asked and nobody could answer
public record CallAnalysis(
        String summary,
        String sentiment,
        List<String> sentimentCourse,
        List<String> topics,
        List<String> followUps,
        List<String> openQuestions) {

    public CallAnalysis {
        sentimentCourse = List.copyOf(sentimentCourse);
        topics = List.copyOf(topics);
        followUps = List.copyOf(followUps);
        openQuestions = List.copyOf(openQuestions);
    }

    /// Personal: none of it belongs into a log.
    @Override
    public String toString() {
        return "CallAnalysis " + sentiment;
    }
}
