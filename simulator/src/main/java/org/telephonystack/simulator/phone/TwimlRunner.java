package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.phone.CallEvent.Kind;
import org.telephonystack.simulator.twiml.Twiml;
import org.telephonystack.simulator.twiml.TwimlReader;
import org.telephonystack.simulator.twiml.Verb;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;
import org.telephonystack.simulator.webhook.TwilioError;
import org.telephonystack.simulator.webhook.WebhookClient;
import org.telephonystack.simulator.webhook.WebhookReply;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Obeys the documents of one call, one verb after the other. A new document makes everything begun by the old one void.
final class TwimlRunner {

    private static final Duration PER_CHARACTER = Duration.ofMillis(65);
    private static final int MOST_DOCUMENTS = 40;

    private final LiveCall call;
    private final LineClock clock;
    private List<Verb> verbs = List.of();
    private int next;
    private String documentUrl = "";
    private int generation;
    private int documents;
    private boolean inFallback;

    TwimlRunner(LiveCall call, LineClock clock) {
        this.call = call;
        this.clock = clock;
    }

    void fetch(String url, String method, Map<String, String> extra, Signing signing) {
        int mine = ++generation;
        if (++documents > MOST_DOCUMENTS) {
            call.journal().complain(TwilioError.REDIRECTS, "more than 40 documents in one call");
            call.end("completed", "webhook failure");
            return;
        }
        Map<String, String> form = call.parameters().standard(call.status());
        form.putAll(extra);
        var request = new WebhookClient.Request(method, url, form, true, signing);
        call.webhooks()
                .send(request)
                .onSuccess(reply -> {
                    call.journal().add(Kind.FETCH, method + " " + url + " → " + reply.code());
                    if (mine == generation) {
                        received(url, reply);
                    }
                });
    }

    /// A document that came by REST.
    void run(String twiml) {
        generation++;
        documentUrl = "";
        obey(TwimlReader.read(twiml), "");
    }

    void cancel() {
        generation++;
    }

    /// @return absolute, or as it is where there is nothing to resolve against
    String resolve(String url) {
        if (documentUrl.isEmpty()) {
            return url;
        }
        int hash = documentUrl.indexOf('#');
        String base = hash < 0 ? documentUrl : documentUrl.substring(0, hash);
        try {
            return URI.create(base).resolve(url).toString();
        } catch (IllegalArgumentException e) {
            return url;
        }
    }

    void streamEnded(MediaStream stream, StreamEnd how) {
        var when = call.settings().afterConnect();
        boolean asked =
                how == StreamEnd.HANDSHAKE_FAILED ? when.onFailedHandshake() : when.onClose();
        Optional<Verb.Action> action = stream.verb().action().filter(_ -> asked);
        if (action.isPresent()) {
            goOn(action.get(), afterStream(stream, how));
        } else {
            advance();
        }
    }

    /// The caller is gone: `<Connect action>` is told, its answer does not matter.
    void announceAfterHangUp(MediaStream stream) {
        stream.verb()
                .action()
                .ifPresent(to -> {
                    Map<String, String> form = call.parameters().standard(call.status());
                    form.putAll(afterStream(stream, StreamEnd.STOPPED));
                    String url = resolve(to.url());
                    var request =
                            new WebhookClient.Request(to.method(), url, form, true, Signing.RIGHT);
                    call.webhooks().send(request);
                });
    }

    private Map<String, String> afterStream(MediaStream stream, StreamEnd how) {
        if (!call.settings().afterConnect().streamParameters()) {
            return Map.of();
        }
        boolean failed = how == StreamEnd.HANDSHAKE_FAILED || how == StreamEnd.LOST;
        return Map.of(
                "StreamSid",
                stream.streamSid(),
                "StreamEvent",
                failed ? "stream-error" : "stream-stopped",
                "StreamError",
                failed ? "Stream - WebSocket - " + how : "");
    }

    private void received(String url, WebhookReply reply) {
        switch (reply) {
            case WebhookReply.Answered answered when answered.isSuccess() -> {
                documentUrl = url;
                obey(TwimlReader.read(answered), url);
            }
            case WebhookReply.Answered(int status, _, _) -> {
                call.journal().complain(TwilioError.HTTP_RETRIEVAL, url + " answered " + status);
                failed(TwilioError.HTTP_RETRIEVAL, url);
            }
            case WebhookReply.Failed(TwilioError error, String detail) -> {
                call.journal().complain(error, url + ": " + detail);
                failed(error, url);
            }
        }
    }

    private void obey(Twiml document, String url) {
        document.complaints()
                .forEach(entry -> call.journal().complain(entry.error(), entry.detail()));
        if (!document.isUsable()) {
            failed(document.complaints().getFirst().error(), url);
            return;
        }
        verbs = document.verbs();
        next = 0;
        advance();
    }

    private void failed(TwilioError error, String url) {
        Optional<String> fallback = call.settings().fallbackUrl().filter(_ -> !inFallback);
        if (fallback.isPresent()) {
            inFallback = true;
            fetch(
                    fallback.get(),
                    "POST",
                    Map.of("ErrorCode", String.valueOf(error.code()), "ErrorUrl", url),
                    Signing.RIGHT);
            return;
        }
        call.journal().add(Kind.SAY, "We are sorry, an application error has occurred. Goodbye.");
        call.end(
                call.status().equals(LiveCall.RINGING) ? "failed" : "completed", "webhook failure");
    }

    private void advance() {
        if (next == verbs.size()) {
            call.end("completed", "twiml");
            return;
        }
        Verb verb = verbs.get(next++);
        switch (verb) {
            case Verb.Say(String text, int loop) -> say(text, loop);
            case Verb.Play(String url) -> {
                begin(Kind.PLAY, resolve(url));
                after(Duration.ofSeconds(1), this::advance);
            }
            case Verb.Pause(Duration length) -> {
                begin(Kind.PAUSE, length.toSeconds() + " s");
                after(length, this::advance);
            }
            case Verb.Redirect(String url, String method) ->
                    goOn(new Verb.Action(url, method), Map.of());
            case Verb.Hangup() -> call.end("completed", "twiml");
            case Verb.Reject(String reason) -> reject(reason);
            case Verb.ConnectStream stream -> call.openStream(stream, resolve(stream.url()));
            case Verb.Dial dial -> new DialVerb(call, this, dial).begin();
            case Verb.RecordMessage message -> new RecordVerb(call, this, message).begin();
            case Verb.Gather gather -> {
                begin(Kind.GATHER, gather.toString());
                after(gather.timeout(), this::advance);
            }
        }
    }

    void begin(Kind kind, String text) {
        call.answer();
        call.journal().add(kind, text);
    }

    /// The next document, or the next verb where no action is given.
    void goOn(Optional<Verb.Action> action, Map<String, String> extra) {
        if (action.isPresent()) {
            goOn(action.get(), extra);
        } else {
            advance();
        }
    }

    /// After so much of the call's time, unless another document has come meanwhile.
    void after(Duration time, Runnable task) {
        int mine = generation;
        clock.after(
                (long) (time.toNanos() / call.settings().speed()),
                () -> {
                    if (mine == generation) {
                        task.run();
                    }
                });
    }

    void goOn(Verb.Action action, Map<String, String> extra) {
        String url = resolve(action.url());
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            call.journal().complain(TwilioError.INVALID_URL, url);
            failed(TwilioError.INVALID_URL, url);
            return;
        }
        fetch(url, action.method(), extra, Signing.RIGHT);
    }

    private void say(String text, int loop) {
        begin(Kind.SAY, text);
        after(PER_CHARACTER.multipliedBy((long) text.length() * Math.max(1, loop)), this::advance);
    }

    private void reject(String reason) {
        if (!call.status().equals(LiveCall.RINGING)) {
            call.journal().complain(TwilioError.SCHEMA, "Reject after the call was answered");
            advance();
            return;
        }
        call.end("busy".equals(reason) ? "busy" : "no-answer", "twiml");
    }

    String documentUrl() {
        return documentUrl;
    }
}
