package dev.slipway.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Request;
import dev.slipway.local.registry.store.ContentDigest;
import dev.slipway.local.registry.store.RegistryStore;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.util.Optional;

/** {@code /v2/NAME/referrers/DIGEST} (distribution-spec 1.1, "Listing Referrers"). */
record ReferrersEndpoint(RegistryStore store) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Answer answer(Request request, Route.Referrers route) throws IOException {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw Parse.unsupported(request);
        }
        ContentDigest subject = Parse.digest(route.digest());
        Optional<String> artifactType = request.parameter("artifactType");
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.IMAGE_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (String text : store.repository(route.repository()).referrers(subject)) {
            JsonNode descriptor = JSON.readTree(text);
            if (artifactType.isEmpty()
                    || descriptor.path("artifactType").asText("").equals(artifactType.orElseThrow())) {
                manifests.add(descriptor);
            }
        }
        Answer answer = Answer.json(200, JSON.writeValueAsBytes(index)).with("Content-Type", MediaTypes.IMAGE_INDEX);
        return artifactType.isEmpty() ? answer : answer.with("OCI-Filters-Applied", "artifactType");
    }
}
