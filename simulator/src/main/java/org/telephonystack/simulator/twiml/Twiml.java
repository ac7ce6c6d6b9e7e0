package org.telephonystack.simulator.twiml;

import org.telephonystack.simulator.webhook.TwilioError;

import java.util.List;

/// What Twilio makes of an answer.
///
/// @param verbs in order; empty when [#isUsable()] is false
/// @param complaints what its debugger shows, warnings included
public record Twiml(List<Verb> verbs, List<TwilioError.Entry> complaints) {

    public Twiml {
        verbs = List.copyOf(verbs);
        complaints = List.copyOf(complaints);
    }

    /// False after an error of the document as a whole: the fallback URL or the end of the call follows.
    public boolean isUsable() {
        return complaints.stream()
                .noneMatch(entry ->
                        switch (entry.error()) {
                            case BODY_TOO_LARGE, XML_PARSE, CONTENT_TYPE -> true;
                            default -> false;
                        });
    }
}
