package org.telephonystack.stream.wiring;

import io.opentelemetry.api.trace.Tracer;
import io.vertx.mutiny.sqlclient.Pool;

import org.jboss.logging.Logger;
import org.telephonystack.stream.call.CallEvent;
import org.telephonystack.stream.call.CallObserver;
import org.telephonystack.stream.call.CallPorts;
import org.telephonystack.stream.call.CallSession;
import org.telephonystack.stream.call.CallSettings;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.CallerLeg;
import org.telephonystack.stream.call.Clips;
import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ToolGateway;
import org.telephonystack.stream.call.VoiceModelConnector;
import org.telephonystack.stream.call.http.HttpToolGateway;
import org.telephonystack.stream.call.postgres.PatientWriter;
import org.telephonystack.stream.call.postgres.PgCallContextLookup;
import org.telephonystack.stream.call.postgres.PgCallJournal;
import org.telephonystack.stream.call.postgres.TurnWriter;
import org.telephonystack.stream.call.twilio.CallLoop;
import org.telephonystack.stream.call.twilio.CallOpener;
import org.telephonystack.stream.emergency.Emergencies;
import org.telephonystack.stream.truth.TruthGate;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Puts a call together: the parts every call shares, and those it has for itself.
record CallFactory(
        VoiceModelConnector models,
        ModelBrief.Writer briefs,
        PgCallContextLookup lookup,
        HttpToolGateway tools,
        Clips clips,
        TruthGate truth,
        Emergencies emergencies,
        Pool pool,
        TurnWriter turns,
        PatientWriter patient,
        ServiceEvents events,
        Tracer tracer,
        double traceRatio,
        UUID instance,
        CallSettings settings)
        implements CallOpener {

    private static final Logger LOG = Logger.getLogger(CallFactory.class);

    @Override
    public CallSession open(CallStart start, CallerLeg caller, CallLoop loop) {
        var spans = new CallSpans(tracer, start, traceRatio);
        var journal = new PgCallJournal(pool, turns, patient, events, instance, start);
        CallObserver observer =
                (event, at) -> {
                    guarded(() -> events.lines().on(event, start.callSid()));
                    guarded(() -> InTrace.run(spans.context(), () -> measure(event, at, start)));
                    guarded(() -> spans.on(event, at));
                    if (event instanceof CallEvent.ResponseEnded ended) {
                        guarded(() -> journal.used(ended.usage()));
                    }
                    if (event instanceof CallEvent.CallerTranscribed words) {
                        guarded(() -> journal.transcribed(words.took()));
                    }
                };
        ToolGateway gateway =
                call -> tools.call(call, call.toolCallId().flatMap(spans::traceparent));
        var ports =
                new CallPorts(
                        caller,
                        models,
                        briefs,
                        lookup,
                        gateway,
                        journal,
                        observer,
                        clips,
                        truth,
                        emergencies,
                        loop,
                        loop);
        return new CallSession(start, ports, settings);
    }

    private void measure(CallEvent event, Instant at, CallStart start) {
        events.metrics().on(event);
        if (event instanceof CallEvent.GreetingTriggered) {
            events.metrics().greetingAfter(Duration.between(start.at(), at));
        }
    }

    /// Showing a call must not break it.
    private static void guarded(Runnable show) {
        try {
            show.run();
        } catch (RuntimeException e) {
            LOG.error("a call's log lines, meters or spans failed", e);
        }
    }
}
