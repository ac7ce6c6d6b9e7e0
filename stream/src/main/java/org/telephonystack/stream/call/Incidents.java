package org.telephonystack.stream.call;

import org.telephonystack.stream.call.CallJournal.Incident;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What of a call's events the database keeps, besides what was said.
final class Incidents {

    private final CallJournal journal;
    private int last;

    Incidents(CallJournal journal) {
        this.journal = journal;
    }

    void on(CallEvent event, Instant at) {
        incident(event, at).ifPresent(journal::incident);
    }

    private Optional<Incident> incident(CallEvent event, Instant at) {
        return switch (event) {
            case CallEvent.BargedIn(long heardMillis) ->
                    some("barge_in", Map.of("heardMillis", heardMillis), at);
            case CallEvent.ModelReplaced replaced ->
                    some(
                            "model_replaced",
                            Map.of(
                                    "from", replaced.from(),
                                    "to", replaced.to(),
                                    "cause", replaced.cause(),
                                    "outageMillis", replaced.outage().toMillis()),
                            at);
            case CallEvent.ClaimUnbacked claim ->
                    some(
                            "claim_unbacked",
                            Map.of("claim", claim.kind().name().toLowerCase(Locale.ROOT)),
                            at);
            case CallEvent.EmergencyHeard() -> some("emergency", Map.of(), at);
            default -> Optional.empty();
        };
    }

    private Optional<Incident> some(String kind, Map<String, Object> details, Instant at) {
        return Optional.of(new Incident(++last, kind, details, at));
    }
}
