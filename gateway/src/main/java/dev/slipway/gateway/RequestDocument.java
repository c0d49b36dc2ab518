package dev.slipway.gateway;

import java.util.Map;
import java.util.Objects;

/**
 * A CloudEvent as a caller sent it, not yet checked.
 *
 * @param attributes by their names in the specification, extensions included: {@code id}, {@code source}
 * @param data JSON text; empty where there was none
 */
public record RequestDocument(Map<String, String> attributes, String data) {
    public RequestDocument {
        attributes = Map.copyOf(attributes);
    }

    /** The value of an attribute, empty where it is absent. */
    public String attribute(String name) {
        return Objects.requireNonNullElse(attributes.get(name), "");
    }
}
