package org.telephonystack.action.recovery.otel;

import io.opentelemetry.sdk.trace.IdGenerator;

import org.telephonystack.model.CallTrace;

import java.util.Optional;
import java.util.function.Supplier;

/// Random span ids, except for the one span whose id all services know without asking: the call's root.
public final class RootSpanIds implements IdGenerator {

    private static final ScopedValue<CallTrace> ROOT_OF = ScopedValue.newInstance();

    private final IdGenerator random = IdGenerator.random();

    /// Spans started without a parent in here are the root of this call.
    static <T> T asRootOf(CallTrace trace, Supplier<T> start) {
        return ScopedValue.where(ROOT_OF, trace).call(start::get);
    }

    static boolean isStartingARoot() {
        return ROOT_OF.isBound();
    }

    @Override
    public String generateSpanId() {
        return root().map(CallTrace::rootSpanId).orElseGet(random::generateSpanId);
    }

    @Override
    public String generateTraceId() {
        return root().map(CallTrace::traceId).orElseGet(random::generateTraceId);
    }

    private static Optional<CallTrace> root() {
        return isStartingARoot() ? Optional.of(ROOT_OF.get()) : Optional.empty();
    }
}
