package dev.slipway.oci.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An image index (image-spec 1.1, "Image Index"), also as Docker's manifest list. */
public final class ImageIndex {
    /** BuildKit's: what an entry that is no image is. */
    public static final String REFERENCE_TYPE = "vnd.docker.reference.type";

    public static final String REFERENCE_DIGEST = "vnd.docker.reference.digest";

    private final Manifest manifest;
    private final ObjectNode json;
    private final List<Descriptor> manifests;
    private final @Nullable Descriptor subject;
    private final @Nullable String artifactType;
    private final Map<String, String> annotations;

    private ImageIndex(Manifest manifest, ObjectNode json) {
        String what = "index " + manifest.digest();
        this.manifest = manifest;
        this.json = json;
        List<Descriptor> read = new ArrayList<>();
        for (ObjectNode entry : Json.children(what, json, "manifests")) {
            read.add(DescriptorJson.read("%s: manifests[%d]".formatted(what, read.size()), entry));
        }
        this.manifests = List.copyOf(read);
        this.subject = DescriptorJson.readOptional(what, json, "subject");
        this.artifactType = Json.text(what, json, "artifactType");
        this.annotations = DescriptorJson.annotations(what, json);
    }

    /**
     * Reads a stored index.
     *
     * @throws MalformedDocumentException when it is no index, or says another media type than it was served as
     */
    public static ImageIndex of(Manifest manifest) {
        String what = "index " + manifest.digest();
        if (!MediaTypes.isIndex(manifest.mediaType())) {
            throw new MalformedDocumentException(what + " is no image index but " + manifest.mediaType(), null);
        }
        return new ImageIndex(manifest, Documents.parse(what, manifest, "layers"));
    }

    /** Parses bytes of which only the document itself says what they are. */
    public static ImageIndex parse(byte[] bytes) {
        return of(Documents.sniff(bytes, MediaTypes.IMAGE_INDEX));
    }

    /** A new OCI index; the order of the entries is part of the result, since clients take the first that matches. */
    public static ImageIndex of(List<Descriptor> manifests) {
        ObjectNode json = Documents.start(MediaTypes.IMAGE_INDEX);
        DescriptorJson.putAll(json, "manifests", manifests);
        return written(json, MediaTypes.IMAGE_INDEX);
    }

    /**
     * A new manifest list of Docker's.
     *
     * @throws IllegalArgumentException when a child is no manifest of Docker's
     */
    public static ImageIndex dockerList(List<Descriptor> manifests) {
        for (Descriptor child : manifests) {
            if (!child.mediaType().equals(MediaTypes.DOCKER_MANIFEST)) {
                throw new IllegalArgumentException("a manifest list holds Docker's manifests only, and %s is a %s"
                        .formatted(child.digest(), child.mediaType()));
            }
        }
        ObjectNode json = Documents.start(MediaTypes.DOCKER_MANIFEST_LIST);
        DescriptorJson.putAll(json, "manifests", manifests);
        return written(json, MediaTypes.DOCKER_MANIFEST_LIST);
    }

    public String mediaType() {
        return manifest.mediaType();
    }

    /** Every entry, attestations included, in index order. */
    public List<Descriptor> manifests() {
        return manifests;
    }

    /** The entries that are images, in index order: all but attestations and those for {@code unknown/unknown}. */
    public List<Descriptor> images() {
        return manifests.stream().filter(entry -> !isAttestation(entry)).toList();
    }

    /** The attestation manifests that speak about a child. */
    public List<Descriptor> attestationsOf(Digest child) {
        return manifests.stream()
                .filter(ImageIndex::isAttestation)
                .filter(entry -> child.value().equals(entry.annotations().get(REFERENCE_DIGEST)))
                .toList();
    }

    /** The entry that runs best on a host, by containerd's rules; of equals the first. Empty when none runs. */
    public Optional<Descriptor> bestFor(Platform host) {
        Descriptor best = null;
        int shortest = Integer.MAX_VALUE;
        for (Descriptor image : images()) {
            int distance = image.optionalPlatform().flatMap(host::distanceTo).orElse(Integer.MAX_VALUE);
            if (distance < shortest) {
                best = image;
                shortest = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    public Map<String, String> annotations() {
        return annotations;
    }

    public Optional<Descriptor> subject() {
        return Optional.ofNullable(subject);
    }

    public Optional<String> artifactType() {
        return Optional.ofNullable(artifactType);
    }

    public ImageIndex withManifests(List<Descriptor> newManifests) {
        return with(node -> DescriptorJson.putAll(node, "manifests", newManifests));
    }

    public ImageIndex withAnnotations(Map<String, String> newAnnotations) {
        return with(node -> Json.put(node, "annotations", newAnnotations));
    }

    public ImageIndex withSubject(Descriptor newSubject) {
        return with(node -> node.set("subject", DescriptorJson.toNode(newSubject)));
    }

    public ImageIndex withArtifactType(String newArtifactType) {
        return with(node -> Json.put(node, "artifactType", newArtifactType));
    }

    /** The exact bytes, to be stored. */
    public Manifest manifest() {
        return manifest;
    }

    public Digest digest() {
        return manifest.digest();
    }

    public Descriptor descriptor() {
        return manifest.descriptor();
    }

    /** As a list of referrers names it. */
    public Descriptor asReferrer() {
        Descriptor plain = descriptor();
        return new Descriptor(plain.mediaType(), plain.digest(), plain.size(), null, artifactType, annotations);
    }

    @Override
    public String toString() {
        return manifest.toString();
    }

    private static boolean isAttestation(Descriptor entry) {
        return entry.annotations().containsKey(REFERENCE_TYPE)
                || entry.optionalPlatform()
                        .filter(platform -> platform.os().equals("unknown")
                                && platform.architecture().equals("unknown"))
                        .isPresent();
    }

    private ImageIndex with(Consumer<ObjectNode> change) {
        ObjectNode copy = json.deepCopy();
        change.accept(copy);
        return written(copy, mediaType());
    }

    private static ImageIndex written(ObjectNode json, String mediaType) {
        ObjectNode ordered = Documents.inOrder(json);
        return new ImageIndex(Manifest.of(mediaType, Json.bytes(ordered)), ordered);
    }
}
