package dev.slipway.gateway.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.events.EventType;
import dev.slipway.events.RequestEvent;
import dev.slipway.gateway.RequestContract;
import dev.slipway.gateway.RequestDocument;
import dev.slipway.gateway.Violation;
import dev.slipway.gateway.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the CloudEvents attributes, the payload against the JSON Schema of its type, and the names in it. What needs the
 * context or a registry is the planner's to check.
 */
public final class SchemaRequestContract implements RequestContract {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final Schemas schemas = new Schemas();

    @Override
    public List<Violation> violations(RequestDocument request) {
        List<Violation> violations = new ArrayList<>(Attributes.violations(request));
        Optional<EventType> type = EventType.ofType(request.attribute("type"));
        if (type.isPresent()) {
            violations.addAll(violations(type.get(), request));
        } else if (!request.attribute("type").isEmpty()) {
            violations.add(new Violation(
                    Code.TYPE_UNKNOWN,
                    "'%s' is no event type of this version".formatted(request.attribute("type")),
                    "/type"));
        }
        return List.copyOf(violations);
    }

    private List<Violation> violations(EventType type, RequestDocument request) {
        if (!RequestEvent.class.isAssignableFrom(type.payload())) {
            return List.of(new Violation(
                    Code.TYPE_UNKNOWN,
                    "'%s' is a fact, which services state and nobody requests".formatted(type.ceType()),
                    "/type"));
        }
        if (request.data().isBlank()) {
            return List.of(new Violation(Code.REQUEST_INVALID, "there is no data", "/data"));
        }
        JsonNode data;
        try {
            data = JSON.readTree(request.data());
        } catch (JsonProcessingException e) {
            return List.of(new Violation(Code.REQUEST_INVALID, "data is not JSON: " + Located.message(e), "/data"));
        }
        List<Violation> violations = new ArrayList<>(schemas.violations(type, data));
        Set<String> named = violations.stream().map(Violation::pointer).collect(Collectors.toSet());
        RequestNames.violations(type, data).stream()
                .filter(violation -> !named.contains(violation.pointer()))
                .forEach(violations::add);
        return violations;
    }
}
