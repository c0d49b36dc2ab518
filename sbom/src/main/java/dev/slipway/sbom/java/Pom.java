package dev.slipway.sbom.java;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a {@code pom.xml} says of its project itself; what it inherits is not known, and properties are not put in.
 *
 * @param licenses names, or addresses of those without
 */
record Pom(String groupId, String artifactId, String version, List<String> licenses) {
    private static final String PROJECT = "project/";
    private static final String LICENSE = "project/licenses/license";
    private static final int DEEPEST = 100;

    Pom {
        licenses = List.copyOf(licenses);
    }

    /** Empty where it is no XML, or where it is nested beyond sense. Nothing outside of it is ever read. */
    static Optional<Pom> parse(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            return read(reader);
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static Optional<Pom> read(XMLStreamReader reader) throws XMLStreamException {
        Deque<String> path = new ArrayDeque<>();
        Map<String, String> values = new HashMap<>();
        List<String> licenses = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    path.addLast(reader.getLocalName());
                    text.setLength(0);
                    if (path.size() > DEEPEST) {
                        return Optional.empty();
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    String place = String.join("/", path);
                    values.putIfAbsent(place, text.toString().strip());
                    if (place.equals(LICENSE)) {
                        String name = values.remove(LICENSE + "/name");
                        String url = values.remove(LICENSE + "/url");
                        values.remove(LICENSE);
                        Stream.of(name, url)
                                .filter(said -> said != null && !said.isEmpty())
                                .findFirst()
                                .ifPresent(licenses::add);
                    }
                    path.removeLast();
                    text.setLength(0);
                }
                default -> {}
            }
        }
        String group = values.getOrDefault(PROJECT + "groupId", values.getOrDefault(PROJECT + "parent/groupId", ""));
        String version = values.getOrDefault(PROJECT + "version", values.getOrDefault(PROJECT + "parent/version", ""));
        String artifact = values.getOrDefault(PROJECT + "artifactId", "");
        return artifact.isEmpty() ? Optional.empty() : Optional.of(new Pom(group, artifact, version, licenses));
    }
}
