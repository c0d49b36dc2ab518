package dev.slipway.warmup.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.warmup.pull.PinImage;
import dev.slipway.warmup.pull.PinImage.Pinned;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Answers an AdmissionReview (admission.k8s.io/v1) of a pod with a JSON patch. It always allows: what is not understood, and
 * every pod as long as the tags were not read, passes unchanged.
 */
public final class AdmitPod {
    /** A pod's label that makes it a canary. */
    static final String CANARY = "slipway.dev/canary";

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> LISTS = List.of("initContainers", "containers");

    private final String cluster;
    private final PinImage pinImage;
    private final BooleanSupplier ready;
    private final Passes passes;

    /** Counts pods that passed unchanged because nothing was known yet. */
    @FunctionalInterface
    public interface Passes {
        void passedUnchanged();
    }

    /**
     * Makes it.
     *
     * @param cluster whose pods these are
     * @param ready whether all tags were read
     */
    public AdmitPod(String cluster, PinImage pinImage, BooleanSupplier ready, Passes passes) {
        this.cluster = cluster;
        this.pinImage = pinImage;
        this.ready = ready;
        this.passes = passes;
    }

    /**
     * Answers.
     *
     * @return the review with a response; empty where it was no review
     */
    public Optional<byte[]> admit(byte[] review) {
        try {
            JsonNode request = JSON.readTree(review).path("request");
            if (!request.path("uid").isTextual()) {
                return Optional.empty();
            }
            ObjectNode answer = JSON.createObjectNode()
                    .put("apiVersion", "admission.k8s.io/v1")
                    .put("kind", "AdmissionReview");
            ObjectNode response = answer.putObject("response")
                    .put("uid", request.path("uid").asText())
                    .put("allowed", true);
            patch(request.path("object"))
                    .ifPresent(patch -> response.put("patchType", "JSONPatch")
                            .put("patch", Base64.getEncoder().encodeToString(bytes(patch))));
            return Optional.of(bytes(answer));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> patch(JsonNode pod) {
        if (!ready.getAsBoolean()) {
            passes.passedUnchanged();
            return Optional.empty();
        }
        boolean canary = "true".equals(pod.at("/metadata/labels").path(CANARY).asText());
        ArrayNode patch = JSON.createArrayNode();
        for (String list : LISTS) {
            JsonNode containers = pod.path("spec").path(list);
            for (int i = 0; i < containers.size(); i++) {
                JsonNode container = containers.path(i);
                String path = "/spec/%s/%d/".formatted(list, i);
                String policy = container.path("imagePullPolicy").asText();
                pinImage.pin(cluster, container.path("image").asText(), policy, canary)
                        .ifPresent(pinned -> change(patch, path, policy, pinned));
            }
        }
        return patch.isEmpty() ? Optional.empty() : Optional.of(patch);
    }

    private static void change(ArrayNode patch, String path, String policy, Pinned pinned) {
        patch.addObject().put("op", "replace").put("path", path + "image").put("value", pinned.image());
        if (!pinned.policy().equals(policy)) {
            patch.addObject()
                    .put("op", "add")
                    .put("path", path + "imagePullPolicy")
                    .put("value", pinned.policy());
        }
    }

    private static byte[] bytes(JsonNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always written", e);
        }
    }
}
