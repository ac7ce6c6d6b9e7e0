package org.telephonystack.frontdoor.twiml;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/// Reads TwiML as a tree: elements, attributes in the order of their names, and text without the space between elements.
final class Xml {

    private Xml() {}

    static String tree(String xml) {
        var text = new StringBuilder();
        append(parse(xml).getDocumentElement(), "", text);
        return text.toString();
    }

    static Document parse(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("no XML: " + xml, e);
        }
    }

    private static void append(Element element, String indent, StringBuilder text) {
        var attributes = new TreeMap<String, String>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            attributes.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        text.append(indent).append(element.getTagName()).append(attributes).append('\n');
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                append(inner, indent + "  ", text);
            } else if (!child.getTextContent().isBlank()) {
                text.append(indent).append("  '").append(child.getTextContent()).append("'\n");
            }
        }
    }
}
