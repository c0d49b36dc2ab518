package dev.slipway.cli.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.json.Json;
import dev.slipway.context.git.GitRevision;
import dev.slipway.oci.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the data of {@code dev.slipway.build.requested.v1}; what was not asked for is left out. */
final class RequestDocument {
    private RequestDocument() {}

    static ObjectNode of(BuildOptions options, SentContext context, Optional<GitRevision> revision, String requester) {
        ObjectNode request = Json.object();
        ObjectNode artifact = request.putObject("source").putObject("artifact");
        artifact.set("descriptor", descriptor(context.manifest()));
        revision.ifPresent(git -> {
            artifact.put("revision", git.commit());
            git.ref().ifPresent(ref -> artifact.put("ref", ref));
            git.origin().ifPresent(url -> artifact.put("revisionSource", url));
        });
        request.put("file", context.dockerfile());
        options.target().ifPresent(target -> request.put("target", target));
        ArrayNode platforms = request.putArray("platforms");
        options.platforms().forEach(platform -> platforms.add(platform.name()));
        put(request, "buildArgs", options.buildArgs());
        put(request, "labels", options.labels());
        put(request, "annotations", options.annotations());
        ArrayNode tags = request.putArray("tags");
        options.tags().forEach(tag -> tags.add(tag.toString()));
        options.mode().ifPresent(mode -> request.put("mode", mode));
        options.placement().pool().ifPresent(pool -> request.put("pool", pool));
        put(request, "workerLabels", options.placement().labels());
        if (options.placement().priority() != 0) {
            request.put("priority", options.placement().priority());
        }
        put(request, "cacheFrom", options.resources().cacheFrom());
        put(request, "cacheTo", options.resources().cacheTo());
        put(request, "secrets", options.resources().secrets());
        put(request, "ssh", options.resources().ssh());
        putIf(request, "noCache", options.noCache());
        putIf(request, "pull", options.pull());
        putIf(request, "sbom", options.attestations().sbom());
        putIf(request, "provenance", options.attestations().provenance());
        putIf(request, "sign", options.attestations().sign());
        if (!options.warmup().equals(BuildOptions.Warmup.AS_CONFIGURED)) {
            ObjectNode warmup = request.putObject("warmup");
            put(warmup, "clusters", options.warmup().clusters());
            put(warmup, "nodeSelector", options.warmup().nodeSelector());
            options.warmup().deadline().ifPresent(deadline -> warmup.put("deadline", deadline.toString()));
        }
        options.timeout().ifPresent(timeout -> request.put("deadline", timeout.toString()));
        return request.put("requester", requester);
    }

    static ObjectNode descriptor(Descriptor descriptor) {
        ObjectNode tree = Json.object()
                .put("mediaType", descriptor.mediaType())
                .put("digest", descriptor.digest().value())
                .put("size", descriptor.size());
        if (descriptor.artifactType() != null) {
            tree.put("artifactType", descriptor.artifactType());
        }
        put(tree, "annotations", descriptor.annotations());
        return tree;
    }

    private static void putIf(ObjectNode tree, String property, boolean asked) {
        if (asked) {
            tree.put(property, true);
        }
    }

    private static void put(ObjectNode tree, String property, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = tree.putArray(property);
            texts.forEach(array::add);
        }
    }

    private static void put(ObjectNode tree, String property, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            ObjectNode object = tree.putObject(property);
            entries.forEach(object::put);
        }
    }
}
