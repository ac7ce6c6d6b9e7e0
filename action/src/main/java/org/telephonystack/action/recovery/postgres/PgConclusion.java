package org.telephonystack.action.recovery.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.action.recovery.Business;
import org.telephonystack.action.recovery.Conclusion;
import org.telephonystack.action.recovery.RecoveryPolicy;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.Optional;

/// What a locked call comes to: reads what is known, lets the rule decide, and writes the outcome and the recovery text in one
/// transaction.
public final class PgConclusion {

    private static final String CONCLUDE =
            """
            update calls set outcome = $2, outcome_reason = $3, outcome_at = now(), review_at = null, updated_at = now()
            where call_sid = $1
            """;

    private static final String LOOK_AGAIN =
            "update calls set review_at = clock_timestamp() + make_interval(secs => $2) where call_sid = $1";

    /// A call that goes on, for another stream has taken it up since: what there was to look at again is old news.
    private static final String LOOK_NO_MORE =
            "update calls set review_at = null where call_sid = $1 and review_at is not null";

    private final OutcomeRule rule;
    private final PgRecoveryTexts texts;

    /// @param textDelay how long a text waits for a stream whose books are late after all
    public PgConclusion(OutcomeRule rule, RecoveryPolicy policy, Duration textDelay) {
        this.rule = rule;
        this.texts = new PgRecoveryTexts(policy, textDelay);
    }

    /// @param connection in a transaction that holds the lock on the call's row
    Uni<Conclusion> conclude(SqlConnection connection, CallSid callSid) {
        return PgCallFacts.read(connection, callSid)
                .chain(facts ->
                        PgRecoveryTexts.business(connection)
                                .chain(business -> conclude(connection, facts, business)));
    }

    private Uni<Conclusion> conclude(SqlConnection connection, CallFacts facts, Business business) {
        Verdict verdict = facts.recorded().isPresent() ? new Verdict.Open() : rule.decide(facts);
        Uni<Optional<Verdict.Final>> written =
                switch (verdict) {
                    case Verdict.Final end ->
                            write(connection, facts, business, end).replaceWith(Optional.of(end));
                    case Verdict.LookAgain(Duration after) ->
                            execute(
                                            connection,
                                            LOOK_AGAIN,
                                            Tuple.of(
                                                    facts.callSid().value(),
                                                    PgCallLedger.seconds(after)))
                                    .replaceWith(Optional.empty());
                    case Verdict.Open() ->
                            execute(connection, LOOK_NO_MORE, Tuple.of(facts.callSid().value()))
                                    .replaceWith(Optional.empty());
                };
        return written.chain(concluded ->
                PgRecoveryTexts.queued(connection, facts.callSid())
                        .map(text -> new Conclusion(facts, business, concluded, text)));
    }

    private Uni<Void> write(
            SqlConnection connection, CallFacts facts, Business business, Verdict.Final end) {
        Uni<Void> outcome =
                execute(
                        connection,
                        CONCLUDE,
                        Tuple.of(facts.callSid().value(), end.outcome().word(), end.reason()));
        return end.deservesText()
                ? outcome.chain(() -> texts.queue(connection, facts, business, end))
                : outcome;
    }

    private static Uni<Void> execute(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }
}
