package dev.slipway.build.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.work.AttestationOrder;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.json.JsonText;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How an image came to be: an in-toto statement with the predicate of SLSA 1.0. All of it follows from the request and its plan,
 * so that every retry states the same; when the build really ran is in its events.
 */
final class ProvenanceStatement {
    static final String MEDIA_TYPE = "application/vnd.in-toto+json";
    static final String TYPE_ANNOTATION = "in-toto.io/predicate-type";
    static final String PREDICATE_TYPE = "https://slsa.dev/provenance/v1";

    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String BUILD_TYPE = "https://slipway.dev/build-types/dockerfile/v1";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ProvenanceStatement() {}

    static byte[] of(PlatformBuildTask task, Descriptor image, AttestationOrder.Provenance wanted, Identity identity) {
        ObjectNode statement = NODES.objectNode().put("_type", STATEMENT);
        ObjectNode subject = statement.putArray("subject").addObject();
        subject.put("name", task.platform().toString()).set("digest", digest(image.digest()));
        statement.put("predicateType", PREDICATE_TYPE);
        ObjectNode predicate = statement.putObject("predicate");
        predicate.set("buildDefinition", definition(task, wanted));
        predicate.set("runDetails", details(task, wanted, identity));
        return JsonText.bytes(PlainUrls.in(statement));
    }

    private static ObjectNode definition(PlatformBuildTask task, AttestationOrder.Provenance wanted) {
        BuildInputs inputs = task.inputs();
        ObjectNode definition = NODES.objectNode().put("buildType", BUILD_TYPE);
        definition
                .putObject("externalParameters")
                .put("platform", task.platform().toString())
                .set("request", request(wanted));
        definition
                .putObject("internalParameters")
                .put("builder", wanted.builder())
                .put("tenant", wanted.tenant())
                .put("traceId", inputs.origin().traceId());
        ArrayNode dependencies = definition.putArray("resolvedDependencies");
        inputs.bases().forEach((name, base) -> dependencies.add(base(name, base)));
        source(inputs.origin(), dependencies);
        ObjectNode context = dependencies.addObject().put("name", "context");
        context.set("digest", digest(inputs.context().digest()));
        context.put("mediaType", inputs.context().mediaType());
        return definition;
    }

    private static JsonNode request(AttestationOrder.Provenance wanted) {
        try {
            return JsonTrees.read(wanted.request());
        } catch (IOException e) {
            throw new IllegalArgumentException("the request is no JSON", e);
        }
    }

    /** The name is the one in the Dockerfile. */
    private static ObjectNode base(String name, Reference.Digested base) {
        String path = base.repository().path();
        String uri = "pkg:oci/%s@%s?repository_url=%s"
                .formatted(
                        path.substring(path.lastIndexOf('/') + 1),
                        encoded(base.digest().value()),
                        encoded(base.repository().toString()));
        ObjectNode dependency = NODES.objectNode()
                .put("name", name)
                .put("uri", uri + base.tag().map(tag -> "&tag=" + encoded(tag)).orElse(""));
        dependency.set("digest", digest(base.digest()));
        return dependency;
    }

    private static void source(BuildInputs.Origin origin, ArrayNode dependencies) {
        String revision = origin.revision();
        if (revision != null) {
            ObjectNode source = dependencies.addObject().put("name", "source");
            String url = origin.source();
            if (url != null) {
                source.put("uri", "git+" + url);
            }
            source.putObject("digest").put("gitCommit", revision);
        }
    }

    private static ObjectNode details(PlatformBuildTask task, AttestationOrder.Provenance wanted, Identity identity) {
        ObjectNode details = NODES.objectNode();
        details.putObject("builder")
                .put("id", "%s/%s/%s".formatted(identity.builderId(), wanted.builder(), wanted.mode()))
                .putObject("version")
                .put("slipway", identity.version());
        String time = task.inputs().created().toString();
        details.putObject("metadata")
                .put("invocationId", task.buildId())
                .put("startedOn", time)
                .put("finishedOn", time)
                .put("slipway_times", "of the request; the events of the build have its own");
        return details;
    }

    private static ObjectNode digest(Digest digest) {
        return NODES.objectNode().put(digest.algorithm(), digest.hex());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
