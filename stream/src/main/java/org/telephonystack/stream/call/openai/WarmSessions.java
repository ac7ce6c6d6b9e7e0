package org.telephonystack.stream.call.openai;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Connections that wait for the next call: connected, configured with what is the same for every call, formats checked. A
/// few for every event loop, because a connection lives on the loop of its call.
///
/// One that is handed out is replaced when its call was greeted, one that is lost or old in the background. Nothing is paid for them until a caller is heard.
final class WarmSessions {

    /// @param count for each event loop; 0: none
    /// @param age after which one is replaced; far below the endpoint's longest session, so that a call can be held on it
    record Settings(int count, Duration age) {}

    /// Makes a connection and warms it up; empty where no endpoint is well.
    @FunctionalInterface
    interface Opener {
        Optional<RealtimeModel> open(ModelBrief brief, Waiting waiting);
    }

    /// Told of a connection that nobody uses yet.
    interface Waiting {
        void isWarm(RealtimeModel model);

        void isGone(RealtimeModel model);

        /// Its first orders are out: what they waited for may be done now.
        void isUsed();
    }

    /// What a call waits for at most before its greeting is asked for.
    private static final Duration GREETED_BY = Duration.ofMillis(200);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Settings settings;
    private final Supplier<ModelBrief> stable;
    private final Opener opener;
    private final Map<Thread, Loop> loops = new ConcurrentHashMap<>();
    private volatile boolean closed;

    WarmSessions(Vertx vertx, Settings settings, Supplier<ModelBrief> stable, Opener opener) {
        this.vertx = vertx;
        this.settings = settings;
        this.stable = stable;
        this.opener = opener;
    }

    /// Begins on every event loop there is. Returns at once.
    void start() {
        if (settings.count() <= 0) {
            return;
        }
        var internal = (VertxInternal) vertx;
        internal.getEventLoopGroup()
                .forEach(executor -> {
                    Context context =
                            internal.createEventLoopContext(
                                    (EventLoop) executor,
                                    internal.getWorkerPool(),
                                    WarmSessions.class.getClassLoader());
                    context.runOnContext(_ -> begin(context));
                });
    }

    /// Of this event loop; nobody else has it then.
    Optional<RealtimeModel> take() {
        Loop loop = loops.get(Thread.currentThread());
        return loop == null ? Optional.empty() : loop.take();
    }

    void close() {
        closed = true;
        loops.values().forEach(loop -> loop.context.runOnContext(_ -> loop.close()));
    }

    private void begin(Context context) {
        var loop = new Loop(context);
        loops.put(Thread.currentThread(), loop);
        loop.fill();
    }

    /// What one event loop keeps; touched on it alone.
    private final class Loop implements Waiting {

        private final Context context;
        private final Deque<RealtimeModel> warm = new ArrayDeque<>();
        private int underWay;
        private boolean retrying;
        private Duration retry = FIRST_RETRY;

        Loop(Context context) {
            this.context = context;
        }

        Optional<RealtimeModel> take() {
            RealtimeModel model = warm.pollFirst();
            while (model != null && !model.isWarm()) {
                model = warm.pollFirst();
            }
            // Not now: opening the next one would keep the event loop from the call that took it.
            vertx.setTimer(GREETED_BY.toMillis(), _ -> fill());
            return Optional.ofNullable(model);
        }

        void fill() {
            while (!closed && !retrying && warm.size() + underWay < settings.count()) {
                open();
            }
        }

        private void open() {
            if (opener.open(stable.get(), this).isPresent()) {
                underWay++;
            } else {
                retryLater();
            }
        }

        @Override
        public void isWarm(RealtimeModel model) {
            underWay--;
            retry = FIRST_RETRY;
            warm.addLast(model);
            while (closed || warm.size() > settings.count()) {
                RealtimeModel oldest = warm.pollFirst();
                if (oldest == null) {
                    return;
                }
                oldest.close();
            }
            vertx.setTimer(Math.max(1, settings.age().toMillis()), _ -> grewOld(model));
        }

        @Override
        public void isGone(RealtimeModel model) {
            if (!warm.remove(model)) {
                underWay--;
            }
            retryLater();
        }

        @Override
        public void isUsed() {
            context.runOnContext(_ -> fill());
        }

        /// The next one is opened first; when it is warm, this one is too many.
        private void grewOld(RealtimeModel model) {
            if (!closed && warm.contains(model)) {
                if (underWay == 0) {
                    open();
                }
                vertx.setTimer(LAST_RETRY.toMillis(), _ -> grewOld(model));
            }
        }

        private void retryLater() {
            if (retrying || closed) {
                return;
            }
            retrying = true;
            vertx.setTimer(
                    retry.toMillis(),
                    _ -> {
                        retrying = false;
                        fill();
                    });
            Duration doubled = retry.multipliedBy(2);
            retry = doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
        }

        void close() {
            warm.forEach(RealtimeModel::close);
            warm.clear();
        }
    }

    /// Passes on how a connection fares, to the pool as long as it waits there.
    static ConnectionWatch watch(ConnectionWatch endpoint, Waiting waiting, RealtimeModel model) {
        return new ConnectionWatch() {

            @Override
            public void ready() {
                endpoint.ready();
                waiting.isWarm(model);
            }

            @Override
            public void used() {
                endpoint.used();
                waiting.isUsed();
            }

            @Override
            public void answered(Duration took) {
                endpoint.answered(took);
            }

            @Override
            public void refused(String code) {
                endpoint.refused(code);
            }

            @Override
            public void lost(Trouble trouble, String detail) {
                endpoint.lost(trouble, detail);
                if (!model.isServing()) {
                    waiting.isGone(model);
                }
            }

            @Override
            public void closed() {
                endpoint.closed();
            }
        };
    }
}
