package dev.slipway.policy.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The packages of an SPDX 2.3 document. What the document describes, the image itself, is none of them. */
final class SpdxPackages {
    private static final Set<String> OPERATORS = Set.of("AND", "OR", "WITH");
    private static final Set<String> UNSAID = Set.of("", "NOASSERTION", "NONE");

    private SpdxPackages() {}

    static ArrayNode of(JsonNode document) {
        if (!document.path("spdxVersion").asText().startsWith("SPDX-2.")) {
            throw new InvalidEvidenceException("an SBOM is no SPDX 2 document: its spdxVersion is '%s'"
                    .formatted(document.path("spdxVersion").asText()));
        }
        Set<String> described = described(document);
        ArrayNode packages = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : document.path("packages")) {
            if (!described.contains(one.path("SPDXID").asText())) {
                packages.add(read(one));
            }
        }
        return packages;
    }

    private static Set<String> described(JsonNode document) {
        Set<String> described = new HashSet<>();
        document.path("documentDescribes").forEach(id -> described.add(id.asText()));
        for (JsonNode relationship : document.path("relationships")) {
            if (relationship.path("relationshipType").asText().equals("DESCRIBES")) {
                described.add(relationship.path("relatedSpdxElement").asText());
            }
        }
        return described;
    }

    private static ObjectNode read(JsonNode one) {
        String license = license(one);
        ObjectNode read = JsonNodeFactory.instance
                .objectNode()
                .put("name", one.path("name").asText())
                .put("version", one.path("versionInfo").asText())
                .put("purl", purl(one))
                .put("license", license);
        ArrayNode licenses = read.putArray("licenses");
        identifiers(license).forEach(licenses::add);
        return read;
    }

    /** What somebody concluded counts more than what the package says of itself. */
    private static String license(JsonNode one) {
        String concluded = one.path("licenseConcluded").asText();
        String said = UNSAID.contains(concluded) ? one.path("licenseDeclared").asText() : concluded;
        return UNSAID.contains(said) ? "" : said;
    }

    private static List<String> identifiers(String expression) {
        return Arrays.stream(expression.split("[\\s()]+"))
                .filter(word -> !word.isEmpty() && !OPERATORS.contains(word))
                .distinct()
                .toList();
    }

    private static String purl(JsonNode one) {
        for (JsonNode reference : one.path("externalRefs")) {
            if (reference.path("referenceType").asText().equals("purl")) {
                return reference.path("referenceLocator").asText();
            }
        }
        return "";
    }
}
