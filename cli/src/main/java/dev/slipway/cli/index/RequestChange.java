package dev.slipway.cli.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.request.AskServices;
import dev.slipway.cli.request.Ended;
import dev.slipway.events.EventType;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.util.List;

/** Lets the services change an index: verified, signed if wanted, and published under all tags or under none. */
public final class RequestChange {
    private final AskServices services;

    public RequestChange(AskServices services) {
        this.services = services;
    }

    /** What is asked for; the new index goes where the old one is unless tags say otherwise. */
    public record Wanted(
            Reference index,
            List<Reference> append,
            List<Platform> remove,
            List<Reference.Tagged> tags,
            boolean sign) {}

    /** Asks, and waits for the end; errors as {@link AskServices#ask}. */
    public Ended request(Wanted wanted) {
        return services.ask("change", EventType.INDEX_CHANGE_REQUESTED, document(wanted));
    }

    private static ObjectNode document(Wanted wanted) {
        ObjectNode request = Json.object().put("reference", wanted.index().toString());
        put(request, "append", wanted.append());
        put(request, "remove", wanted.remove());
        put(request, "tags", wanted.tags());
        if (wanted.sign()) {
            request.put("sign", true);
        }
        return request;
    }

    private static void put(ObjectNode request, String property, List<?> values) {
        if (!values.isEmpty()) {
            ArrayNode array = request.putArray(property);
            values.forEach(value -> array.add(value.toString()));
        }
    }
}
