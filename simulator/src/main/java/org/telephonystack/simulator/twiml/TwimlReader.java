package org.telephonystack.simulator.twiml;

import org.telephonystack.simulator.webhook.TwilioError;
import org.telephonystack.simulator.webhook.WebhookReply;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/// Reads TwiML the way Twilio does: what it would refuse is refused, what it would skip is skipped with a warning.
public final class TwimlReader {

    private static final int MOST_BYTES = 64 * 1024;

    private TwimlReader() {}

    public static Twiml read(WebhookReply.Answered answer) {
        String type = answer.contentType().orElse("").toLowerCase(Locale.ROOT);
        String media = type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type;
        byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
        if (body.length > MOST_BYTES) {
            return refused(TwilioError.BODY_TOO_LARGE, body.length + " bytes");
        }
        return switch (media) {
            case "text/xml", "application/xml", "text/html" -> read(body);
            case "text/plain" ->
                    new Twiml(
                            List.of(
                                    new Verb.Say(new String(body, StandardCharsets.UTF_8), 1),
                                    new Verb.Hangup()),
                            List.of());
            case "" -> refused(TwilioError.CONTENT_TYPE, "no content type");
            default -> {
                if (media.startsWith("audio/")) {
                    yield new Twiml(List.of(new Verb.Play("(the answer itself)")), List.of());
                }
                yield refused(TwilioError.CONTENT_TYPE, media);
            }
        };
    }

    /// @param xml a document as REST takes it in `Twiml=`
    public static Twiml read(String xml) {
        return read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static Twiml read(byte[] body) {
        if (body.length > 0 && body[0] != '<') {
            return refused(TwilioError.XML_PARSE, "content is not allowed in prolog");
        }
        Element root;
        try {
            root = parse(body).getDocumentElement();
        } catch (SAXException | IOException e) {
            return refused(TwilioError.XML_PARSE, String.valueOf(e.getMessage()));
        }
        if (!"Response".equals(root.getTagName())) {
            return refused(TwilioError.XML_PARSE, "root element is " + root.getTagName());
        }
        var complaints = new ArrayList<TwilioError.Entry>();
        List<Verb> verbs = new VerbReader(complaints).verbsOf(root);
        return new Twiml(verbs, complaints);
    }

    private static Document parse(byte[] body) throws SAXException, IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            // The standard handler writes to stderr.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new ByteArrayInputStream(body)));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK reads XML", e);
        }
    }

    private static Twiml refused(TwilioError error, String detail) {
        return new Twiml(List.of(), List.of(new TwilioError.Entry(error, detail)));
    }
}
