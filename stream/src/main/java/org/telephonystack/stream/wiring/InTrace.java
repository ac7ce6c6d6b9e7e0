package org.telephonystack.stream.wiring;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/// Runs something with a span as the current one, so that what is timed in it gets an exemplar that leads to the call's trace.
///
/// A call's event loop is shared by many calls, and what is current there is nobody's: hence a Vert.x context of its own for as
/// long as the task runs.
final class InTrace {

    private InTrace() {}

    static void run(Context trace, Runnable task) {
        if (Vertx.currentContext() instanceof ContextInternal loop) {
            loop.duplicate().dispatch(() -> current(trace, task));
        } else {
            current(trace, task);
        }
    }

    private static void current(Context trace, Runnable task) {
        try (Scope _ = trace.makeCurrent()) {
            task.run();
        }
    }
}
