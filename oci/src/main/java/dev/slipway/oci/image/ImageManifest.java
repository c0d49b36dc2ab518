package dev.slipway.oci.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An image manifest or artifact of one platform (image-spec 1.1, "Image Manifest"), also in Docker's media type. */
public final class ImageManifest {
    private final Manifest manifest;
    private final ObjectNode json;
    private final Descriptor config;
    private final List<Descriptor> layers;
    private final @Nullable Descriptor subject;
    private final @Nullable String artifactType;
    private final Map<String, String> annotations;

    private ImageManifest(Manifest manifest, ObjectNode json) {
        String what = "manifest " + manifest.digest();
        this.manifest = manifest;
        this.json = json;
        ObjectNode configNode = Json.child(what, json, "config");
        if (configNode == null) {
            throw new MalformedDocumentException(what + ": 'config' is missing", null);
        }
        this.config = DescriptorJson.read(what + ": config", configNode);
        List<Descriptor> read = new ArrayList<>();
        for (ObjectNode layer : Json.children(what, json, "layers")) {
            read.add(DescriptorJson.read("%s: layers[%d]".formatted(what, read.size()), layer));
        }
        this.layers = List.copyOf(read);
        this.subject = DescriptorJson.readOptional(what, json, "subject");
        this.artifactType = Json.text(what, json, "artifactType");
        this.annotations = DescriptorJson.annotations(what, json);
    }

    /**
     * Reads a stored image manifest.
     *
     * @throws MalformedDocumentException when it is no image manifest, or says another media type than it was served as
     */
    public static ImageManifest of(Manifest manifest) {
        String what = "manifest " + manifest.digest();
        if (!MediaTypes.isImageManifest(manifest.mediaType())) {
            throw new MalformedDocumentException(what + " is no image manifest but " + manifest.mediaType(), null);
        }
        return new ImageManifest(manifest, Documents.parse(what, manifest, "manifests"));
    }

    /** Parses bytes of which only the document itself says what they are. */
    public static ImageManifest parse(byte[] bytes) {
        return of(Documents.sniff(bytes, MediaTypes.IMAGE_MANIFEST));
    }

    /** A new OCI manifest. */
    public static ImageManifest of(Descriptor config, List<Descriptor> layers) {
        ObjectNode json = Documents.start(MediaTypes.IMAGE_MANIFEST);
        json.set("config", DescriptorJson.toNode(config));
        DescriptorJson.putAll(json, "layers", layers);
        return written(json, MediaTypes.IMAGE_MANIFEST);
    }

    /** A new artifact whose config is the empty one ({@link #EMPTY_CONFIG}, to be uploaded like any blob). */
    public static ImageManifest artifact(String artifactType, List<Descriptor> layers) {
        return of(EMPTY_CONFIG, layers).withArtifactType(artifactType);
    }

    /** image-spec 1.1, "Guidance for an Empty Descriptor": the two bytes {@code {}}. */
    public static final Descriptor EMPTY_CONFIG = Descriptor.of(MediaTypes.EMPTY, new byte[] {'{', '}'});

    /** What {@link #EMPTY_CONFIG} describes. */
    public static final BlobSource EMPTY_CONFIG_CONTENT = BlobSource.of(new byte[] {'{', '}'});

    public String mediaType() {
        return manifest.mediaType();
    }

    public Descriptor config() {
        return config;
    }

    public List<Descriptor> layers() {
        return layers;
    }

    public Map<String, String> annotations() {
        return annotations;
    }

    public Optional<Descriptor> subject() {
        return Optional.ofNullable(subject);
    }

    /** What kind of artifact it is: the field, else the config's media type (distribution-spec, "Listing Referrers"). */
    public String artifactType() {
        return artifactType != null && !artifactType.isEmpty() ? artifactType : config.mediaType();
    }

    public ImageManifest withAnnotations(Map<String, String> newAnnotations) {
        return with(node -> Json.put(node, "annotations", newAnnotations));
    }

    public ImageManifest withSubject(Descriptor newSubject) {
        return with(node -> node.set("subject", DescriptorJson.toNode(newSubject)));
    }

    public ImageManifest withArtifactType(String newArtifactType) {
        return with(node -> Json.put(node, "artifactType", newArtifactType));
    }

    public ImageManifest withConfig(Descriptor newConfig) {
        return with(node -> node.set("config", DescriptorJson.toNode(newConfig)));
    }

    public ImageManifest withLayers(List<Descriptor> newLayers) {
        return with(node -> DescriptorJson.putAll(node, "layers", newLayers));
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

    /** As a list of referrers names it: with what kind it is and its annotations (distribution-spec, "Listing Referrers"). */
    public Descriptor asReferrer() {
        Descriptor plain = descriptor();
        return new Descriptor(plain.mediaType(), plain.digest(), plain.size(), null, artifactType(), annotations);
    }

    @Override
    public String toString() {
        return manifest.toString();
    }

    private ImageManifest with(Consumer<ObjectNode> change) {
        ObjectNode copy = json.deepCopy();
        change.accept(copy);
        return written(copy, mediaType());
    }

    private static ImageManifest written(ObjectNode json, String mediaType) {
        ObjectNode ordered = Documents.inOrder(json);
        return new ImageManifest(Manifest.of(mediaType, Json.bytes(ordered)), ordered);
    }
}
