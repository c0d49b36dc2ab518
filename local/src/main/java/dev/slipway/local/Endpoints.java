package dev.slipway.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Where everything is.
 *
 * @param kafka for {@code bootstrap.servers}
 * @param registries as they stand at the start of references
 * @param spans a URL
 */
record Endpoints(String kafka, List<String> registries, String spans) {
    Endpoints {
        registries = List.copyOf(registries);
    }

    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("kafka", kafka);
        ArrayNode list = json.putArray("registries");
        registries.forEach(list::add);
        return json.put("spans", spans).toString();
    }
}
