package dev.slipway.policy.input;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads what rules are told of an image. */
public final class DescribeImages {
    private static final String BASE = "org.opencontainers.image.base.";

    private final ContentStore store;
    private final Evidence evidence;

    public DescribeImages(ContentStore store) {
        this.store = store;
        this.evidence = new Evidence(store);
    }

    /**
     * The image of one platform.
     *
     * @param artifacts that go with it: SBOM, provenance, and whatever else
     */
    public record Part(Descriptor image, List<Descriptor> artifacts) {
        public Part {
            artifacts = List.copyOf(artifacts);
        }
    }

    /**
     * What a reference names, with what refers to its images.
     *
     * @throws StoreException also where nothing has that name
     */
    public PolicyInput describe(String tagOrDigest, Facts facts) {
        Manifest manifest = manifest(tagOrDigest);
        List<Part> parts = new ArrayList<>();
        if (MediaTypes.isIndex(manifest.mediaType())) {
            ImageIndex index = ImageIndex.of(manifest);
            for (Descriptor image : index.images()) {
                List<Descriptor> artifacts = new ArrayList<>(index.attestationsOf(image.digest()));
                artifacts.addAll(store.referrers(image.digest(), Optional.empty()));
                parts.add(new Part(image, artifacts));
            }
        } else {
            Descriptor image = manifest.descriptor();
            parts.add(new Part(image, store.referrers(image.digest(), Optional.empty())));
        }
        return describe(manifest, parts, facts);
    }

    /**
     * An index that need not be anywhere yet.
     *
     * @throws StoreException what the store of the images throws
     * @throws InvalidEvidenceException where an SBOM or a provenance cannot be read
     */
    public PolicyInput describe(Manifest index, List<Part> parts, Facts facts) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode whole = document.putObject("index");
        whole.put("digest", index.digest().value());
        whole.put("mediaType", index.mediaType());
        put(whole, "annotations", annotations(index));
        ArrayNode platforms = whole.putArray("platforms");
        ArrayNode images = document.putArray("images");
        long size = 0;
        for (Part part : parts) {
            ObjectNode image = image(part);
            platforms.add(image.path("platform").asText());
            size += image.path("size").asLong();
            images.add(image);
        }
        whole.put("size", size);
        ArrayNode targets = document.putArray("targets");
        facts.targets().forEach(target -> targets.add(target(target)));
        document.set("request", request(facts));
        return new PolicyInput(document);
    }

    private static Map<String, String> annotations(Manifest manifest) {
        return MediaTypes.isIndex(manifest.mediaType())
                ? ImageIndex.of(manifest).annotations()
                : ImageManifest.of(manifest).annotations();
    }

    private ObjectNode image(Part part) {
        ImageManifest manifest = ImageManifest.of(manifest(part.image().digest().value()));
        ImageConfig config = ImageConfig.parse(store.blob(manifest.config()));
        Platform platform = config.platform();
        ObjectNode image = JsonNodeFactory.instance
                .objectNode()
                .put("platform", platform.name())
                .put("os", platform.os())
                .put("architecture", platform.architecture())
                .put("variant", Objects.requireNonNullElse(platform.variant(), ""))
                .put("osVersion", Objects.requireNonNullElse(platform.osVersion(), ""))
                .put("digest", part.image().digest().value())
                .put("mediaType", part.image().mediaType());
        ArrayNode layers = JsonNodeFactory.instance.arrayNode();
        long size = manifest.config().size();
        for (Descriptor layer : manifest.layers()) {
            size += layer.size();
            layers.addObject()
                    .put("digest", layer.digest().value())
                    .put("size", layer.size())
                    .put("mediaType", layer.mediaType());
        }
        image.put("size", size).set("config", config(config));
        put(image, "labels", config.labels());
        put(image, "annotations", manifest.annotations());
        image.set("layers", layers);
        base(image, config.labels(), manifest.annotations());
        evidence.add(part.artifacts(), image);
        return image;
    }

    private static ObjectNode config(ImageConfig config) {
        ObjectNode read = JsonNodeFactory.instance.objectNode().put("user", config.user());
        ObjectNode env = read.putObject("env");
        for (String variable : config.env()) {
            int equals = variable.indexOf('=');
            env.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    equals < 0 ? "" : variable.substring(equals + 1));
        }
        put(read, "entrypoint", config.entrypoint());
        put(read, "cmd", config.cmd());
        put(read, "exposedPorts", config.exposedPorts());
        put(read, "volumes", config.volumes());
        return read.put("workingDir", config.workingDir());
    }

    /** Annotations of the manifest count; labels are of the base itself where a builder copied them. */
    private static void base(ObjectNode image, Map<String, String> labels, Map<String, String> annotations) {
        Map<String, String> said = annotations.containsKey(BASE + "name") ? annotations : labels;
        String name = said.get(BASE + "name");
        if (name != null) {
            ObjectNode base = image.putObject("base").put("name", name);
            String digest = said.get(BASE + "digest");
            if (digest != null) {
                base.put("digest", digest);
            }
        }
    }

    private static ObjectNode target(Reference reference) {
        ObjectNode target = JsonNodeFactory.instance
                .objectNode()
                .put("reference", reference.toString())
                .put("registry", reference.repository().registry())
                .put("repository", reference.repository().path());
        switch (reference) {
            case Reference.Tagged tagged -> target.put("tag", tagged.tag());
            case Reference.Digested digested -> digested.tag().ifPresent(tag -> target.put("tag", tag));
        }
        return target;
    }

    private static ObjectNode request(Facts facts) {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", facts.tenant())
                .put("mode", facts.mode());
        facts.requester().ifPresent(requester -> request.put("requester", requester));
        facts.source().ifPresent(source -> {
            ObjectNode node = request.putObject("source");
            source.url().ifPresent(url -> node.put("url", url));
            source.revision().ifPresent(revision -> node.put("revision", revision));
            source.ref().ifPresent(ref -> node.put("ref", ref));
        });
        return request;
    }

    private static void put(ObjectNode node, String field, Map<String, String> values) {
        ObjectNode map = node.putObject(field);
        values.forEach(map::put);
    }

    private static void put(ObjectNode node, String field, Collection<String> values) {
        ArrayNode list = node.putArray(field);
        values.forEach(list::add);
    }

    private Manifest manifest(String tagOrDigest) {
        return store.manifest(tagOrDigest)
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.NOT_FOUND,
                        store.location(),
                        "%s says that it does not have '%s'".formatted(store.location(), tagOrDigest),
                        null));
    }
}
