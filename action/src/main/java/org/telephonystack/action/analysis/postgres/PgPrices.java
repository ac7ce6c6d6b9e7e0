package org.telephonystack.action.analysis.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import java.math.BigDecimal;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/// `model_prices`: a new row where the prices are new, so that what an old call cost does not change.
public final class PgPrices {

    private static final String APPLY =
            """
            insert into model_prices (currency, text_in, text_cached, audio_in, audio_cached, text_out, audio_out,
                transcription_text_in, transcription_audio_in, transcription_text_out, transcription_minute,
                analysis_in, analysis_cached, analysis_out)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
            where not exists (
                select from (select * from model_prices order by valid_from desc limit 1) newest
                where (currency, text_in, text_cached, audio_in, audio_cached, text_out, audio_out,
                       transcription_text_in, transcription_audio_in, transcription_text_out, transcription_minute,
                       analysis_in, analysis_cached, analysis_out)
                    = ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))
            on conflict do nothing
            """;

    private final Pool pool;

    public PgPrices(Pool pool) {
        this.pool = pool;
    }

    public record Prices(
            String currency,
            Conversation conversation,
            Transcription transcription,
            Analysis analysis) {

        private Stream<BigDecimal> all() {
            return Stream.of(conversation.all(), transcription.all(), analysis.all())
                    .flatMap(Function.identity());
        }
    }

    /// The voice model; of a million tokens each.
    public record Conversation(
            BigDecimal textIn,
            BigDecimal textCached,
            BigDecimal audioIn,
            BigDecimal audioCached,
            BigDecimal textOut,
            BigDecimal audioOut) {

        private Stream<BigDecimal> all() {
            return Stream.of(textIn, textCached, audioIn, audioCached, textOut, audioOut);
        }
    }

    /// Who writes down the caller's words; of a million tokens each, or of a minute.
    public record Transcription(
            BigDecimal textIn, BigDecimal audioIn, BigDecimal textOut, BigDecimal minute) {

        private Stream<BigDecimal> all() {
            return Stream.of(textIn, audioIn, textOut, minute);
        }
    }

    /// Who reads transcripts; of a million tokens each.
    public record Analysis(BigDecimal in, BigDecimal cached, BigDecimal out) {

        private Stream<BigDecimal> all() {
            return Stream.of(in, cached, out);
        }
    }

    /// Prices that nobody set are no prices.
    public CompletionStage<Void> apply(Prices prices) {
        if (prices.all().allMatch(price -> price.signum() == 0)) {
            return Uni.createFrom().voidItem().subscribeAsCompletionStage();
        }
        Tuple row = Tuple.tuple().addString(prices.currency());
        prices.all().forEach(row::addBigDecimal);
        Uni<Void> done = pool.preparedQuery(APPLY).execute(row).replaceWithVoid();
        return done.subscribeAsCompletionStage();
    }
}
