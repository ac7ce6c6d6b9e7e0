package org.telephonystack.frontdoor.call.twilio;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import org.telephonystack.model.twilio.FormBody;

import java.time.Duration;

/// Reads a request's body as it came, up to what a form may have.
///
/// By hand, because the body is signed byte for byte, because Quarkus refuses a form attribute over 2,048 bytes, and
/// because a refusal must be counted with its reason. What is too long is dropped as it comes, never kept: a client that
/// sends a little too much still reads its 413, one that sends very much loses its connection.
final class RawBody {

    private static final int MOST_DROPPED_BYTES = 4 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    sealed interface Read {
        record Complete(Buffer body) implements Read {}

        record Refused(Refusal why) implements Read {}
    }

    private final HttpServerRequest request;
    private final UniEmitter<? super Read> result;
    private Buffer kept = Buffer.buffer();
    private long received;
    private boolean givenUp;

    private RawBody(HttpServerRequest request, UniEmitter<? super Read> result) {
        this.request = request;
        this.result = result;
    }

    /// On the request's event loop. A client that goes away makes no item; nobody waits for it then.
    static Uni<Read> of(HttpServerRequest request) {
        return Uni.createFrom()
                .<Read>emitter(emitter -> new RawBody(request, emitter).start())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> {
                    closeAfterAnswer(request);
                    return new Read.Refused(Refusal.BODY_TOO_SLOW);
                });
    }

    private void start() {
        request.handler(this::onChunk);
        request.endHandler(_ -> onEnd());
        request.exceptionHandler(_ -> {});
        request.resume();
    }

    private void onChunk(Buffer chunk) {
        received += chunk.length();
        if (received <= FormBody.MAX_BYTES) {
            kept.appendBuffer(chunk);
        } else if (received <= MOST_DROPPED_BYTES) {
            kept = Buffer.buffer();
        } else if (!givenUp) { // chunks that were read already still come
            givenUp = true;
            request.pause();
            closeAfterAnswer(request);
            result.complete(new Read.Refused(Refusal.BODY_TOO_LARGE));
        }
    }

    private void onEnd() {
        result.complete(
                received <= FormBody.MAX_BYTES
                        ? new Read.Complete(kept)
                        : new Read.Refused(Refusal.BODY_TOO_LARGE));
    }

    private static void closeAfterAnswer(HttpServerRequest request) {
        request.response().endHandler(_ -> request.connection().close());
    }
}
