package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A trace as Jaeger's API answers it: references to parents and links, warnings, processes. */
final class JaegerTrace {
    private JaegerTrace() {}

    static Set<String> services(JsonNode trace) {
        return trace.path("processes")
                .valueStream()
                .map(process -> process.path("serviceName").asText())
                .collect(Collectors.toSet());
    }

    /** One root, every other span under a span of the trace, nothing that Jaeger had to warn of. */
    static void assertIsOneTree(JsonNode trace) {
        List<JsonNode> spans = trace.path("spans").valueStream().toList();
        Set<String> ids =
                spans.stream().map(span -> span.path("spanID").asText()).collect(Collectors.toSet());

        assertThat(ids).as("each span once").hasSameSizeAs(spans);
        assertThat(spans.stream().filter(span -> parents(span).findAny().isEmpty()))
                .as("roots")
                .hasSize(1);
        assertThat(spans)
                .allSatisfy(span -> assertThat(parents(span))
                        .as("parents of '%s'", span.path("operationName").asText())
                        .allMatch(ids::contains));
        assertThat(spans.stream().map(span -> span.path("warnings")))
                .as("warnings")
                .allMatch(warnings -> warnings.isNull() || warnings.isEmpty());
    }

    /** The spans of the trace to which one of a name is linked. */
    static Set<String> links(JsonNode trace, String operation) {
        return trace.path("spans")
                .valueStream()
                .filter(span -> span.path("operationName").asText().equals(operation))
                .flatMap(span -> references(span, "FOLLOWS_FROM"))
                .collect(Collectors.toSet());
    }

    private static Stream<String> parents(JsonNode span) {
        return references(span, "CHILD_OF");
    }

    private static Stream<String> references(JsonNode span, String type) {
        return span.path("references")
                .valueStream()
                .filter(reference -> reference.path("refType").asText().equals(type))
                .map(reference -> reference.path("spanID").asText());
    }
}
