package org.telephonystack.simulator.twiml;

import org.telephonystack.simulator.webhook.TwilioError;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns elements into verbs and complains about everything Twilio's schema does not know.
final class VerbReader {

    private static final int PARAMETER_LIMIT = 500;
    private static final int SAY_LIMIT = 4096;

    private final List<TwilioError.Entry> complaints;

    VerbReader(List<TwilioError.Entry> complaints) {
        this.complaints = complaints;
    }

    List<Verb> verbsOf(Element parent) {
        var verbs = new ArrayList<Verb>();
        for (Element element : children(parent)) {
            checkAttributes(element);
            verb(element).ifPresent(verbs::add);
        }
        return verbs;
    }

    private Optional<Verb> verb(Element e) {
        return switch (e.getTagName()) {
            case "Say" -> say(e);
            case "Play" -> Optional.of(new Verb.Play(text(e)));
            case "Pause" -> Optional.of(new Verb.Pause(seconds(e, "length", 1)));
            case "Redirect" -> Optional.of(new Verb.Redirect(text(e), method(e, "method")));
            case "Hangup" -> Optional.of(new Verb.Hangup());
            case "Reject" ->
                    Optional.of(new Verb.Reject(attribute(e, "reason").orElse("rejected")));
            case "Connect" -> connect(e);
            case "Dial" -> Optional.of(dial(e));
            case "Record" ->
                    Optional.of(
                            new Verb.RecordMessage(
                                    action(e, "action", "method"),
                                    seconds(e, "maxLength", 3600),
                                    action(
                                            e,
                                            "recordingStatusCallback",
                                            "recordingStatusCallbackMethod")));
            case "Gather" -> Optional.of(gather(e));
            default -> {
                complain(TwilioError.SCHEMA, "unknown verb " + e.getTagName());
                yield Optional.empty();
            }
        };
    }

    private Optional<Verb> say(Element e) {
        String text = text(e);
        if (text.isEmpty() || text.length() > SAY_LIMIT) {
            complain(TwilioError.SCHEMA, "Say with " + text.length() + " characters");
            return Optional.empty();
        }
        return Optional.of(new Verb.Say(text, number(e, "loop", 1)));
    }

    private Optional<Verb> connect(Element connect) {
        List<Element> nouns = children(connect);
        if (nouns.size() != 1 || !"Stream".equals(nouns.getFirst().getTagName())) {
            complain(TwilioError.SCHEMA, "Connect needs exactly one Stream here");
            return Optional.empty();
        }
        Element stream = nouns.getFirst();
        checkAttributes(stream);
        Optional<String> track = attribute(stream, "track");
        if (track.isPresent() && !track.get().equals("inbound_track")) {
            complain(TwilioError.STREAM_TRACK, "track " + track.get() + " in Connect");
            return Optional.empty();
        }
        return Optional.of(
                new Verb.ConnectStream(
                        attribute(stream, "url").orElse(""),
                        attribute(stream, "name"),
                        action(stream, "statusCallback", "statusCallbackMethod"),
                        parameters(stream),
                        action(connect, "action", "method")));
    }

    private Map<String, String> parameters(Element stream) {
        var parameters = new LinkedHashMap<String, String>();
        for (Element e : children(stream)) {
            checkAttributes(e);
            String name = attribute(e, "name").orElse("");
            String value = attribute(e, "value").orElse("");
            if (!"Parameter".equals(e.getTagName()) || name.isEmpty()) {
                complain(TwilioError.SCHEMA, e.getTagName() + " in Stream");
            } else if (name.length() + value.length() >= PARAMETER_LIMIT) {
                complain(TwilioError.SCHEMA, "Parameter " + name + " has 500 characters or more");
            } else {
                parameters.put(name, value);
            }
        }
        return parameters;
    }

    private Verb dial(Element dial) {
        var numbers = new ArrayList<Verb.DialNumber>();
        String own = text(dial);
        if (children(dial).isEmpty() && !own.isEmpty()) {
            numbers.add(new Verb.DialNumber(own, Optional.empty(), List.of()));
        }
        for (Element e : children(dial)) {
            checkAttributes(e);
            if ("Number".equals(e.getTagName())) {
                String events = attribute(e, "statusCallbackEvent").orElse("completed");
                numbers.add(
                        new Verb.DialNumber(
                                text(e),
                                action(e, "statusCallback", "statusCallbackMethod"),
                                Arrays.asList(events.split(" "))));
            } else {
                complain(TwilioError.SCHEMA, e.getTagName() + " in Dial is not simulated");
            }
        }
        return new Verb.Dial(
                List.copyOf(numbers),
                attribute(dial, "callerId"),
                seconds(dial, "timeout", 30),
                action(dial, "action", "method"));
    }

    private Verb gather(Element e) {
        return new Verb.Gather(
                verbsOf(e),
                number(e, "numDigits", Integer.MAX_VALUE),
                e.hasAttribute("finishOnKey") ? e.getAttribute("finishOnKey") : "#",
                seconds(e, "timeout", 5),
                attribute(e, "actionOnEmptyResult").orElse("false").equals("true"),
                action(e, "action", "method"));
    }

    private void checkAttributes(Element e) {
        Set<String> known = Schema.ATTRIBUTES.get(e.getTagName());
        for (int i = 0; known != null && i < e.getAttributes().getLength(); i++) {
            String name = e.getAttributes().item(i).getNodeName();
            if (!known.contains(name)) {
                complain(TwilioError.SCHEMA, "unknown attribute " + name + " of " + e.getTagName());
            }
        }
    }

    private Optional<Verb.Action> action(Element e, String url, String method) {
        return attribute(e, url).map(to -> new Verb.Action(to, method(e, method)));
    }

    private static String method(Element e, String name) {
        return attribute(e, name).orElse("POST");
    }

    private static Optional<String> attribute(Element e, String name) {
        return Optional.of(e.getAttribute(name)).filter(value -> !value.isEmpty());
    }

    private int number(Element e, String name, int standard) {
        String text = attribute(e, name).orElse(String.valueOf(standard));
        if (!text.matches("\\d{1,10}")) {
            complain(TwilioError.SCHEMA, name + "=" + text + " of " + e.getTagName());
            return standard;
        }
        return (int) Math.min(Long.parseLong(text), Integer.MAX_VALUE);
    }

    private Duration seconds(Element e, String name, int standard) {
        return Duration.ofSeconds(number(e, name, standard));
    }

    private static String text(Element e) {
        return e.getTextContent().strip();
    }

    private static List<Element> children(Element parent) {
        var elements = new ArrayList<Element>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private void complain(TwilioError error, String detail) {
        complaints.add(new TwilioError.Entry(error, detail));
    }
}
