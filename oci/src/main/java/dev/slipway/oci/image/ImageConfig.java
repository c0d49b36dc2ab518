package dev.slipway.oci.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An image's configuration (image-spec 1.1, "Image Configuration", with Docker's extensions). An empty list, map or text means
 * that the field is absent, and setting one to empty removes it.
 */
public final class ImageConfig {
    private static final List<String> ORDER = List.of(
            "created",
            "author",
            "architecture",
            "variant",
            "os",
            "os.version",
            "os.features",
            "config",
            "rootfs",
            "history");
    private static final List<String> RUN_ORDER = List.of(
            "User",
            "ExposedPorts",
            "Env",
            "Entrypoint",
            "Cmd",
            "Healthcheck",
            "Volumes",
            "WorkingDir",
            "OnBuild",
            "Labels",
            "StopSignal",
            "Shell");

    private final byte[] bytes;
    private final Digest digest;
    private final ObjectNode json;
    private final ObjectNode run;
    private final Platform platform;
    private final List<Digest> diffIds;
    private final String what;

    private ImageConfig(byte[] bytes, ObjectNode json) {
        this.bytes = bytes;
        this.digest = Digest.of(bytes);
        this.what = "image config " + digest;
        this.json = json;
        ObjectNode runNode = Json.child(what, json, "config");
        this.run = runNode == null ? Json.object() : runNode;
        this.platform = new Platform(
                Json.requiredText(what, json, "os"),
                Json.requiredText(what, json, "architecture"),
                Json.text(what, json, "variant"),
                Json.text(what, json, "os.version"),
                Json.texts(what, json, "os.features"));
        this.diffIds = readDiffIds();
        check();
    }

    /**
     * Reads a config blob.
     *
     * @throws MalformedDocumentException when it is no image config
     */
    public static ImageConfig parse(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new ImageConfig(copy, Json.parse("image config", copy));
    }

    /** A new config without layers. */
    public static ImageConfig of(Platform platform) {
        ObjectNode json = Json.object();
        setPlatform(json, platform);
        ObjectNode rootfs = json.putObject("rootfs");
        rootfs.put("type", "layers");
        rootfs.putArray("diff_ids");
        return written(json);
    }

    public Platform platform() {
        return platform;
    }

    public Optional<Instant> created() {
        return Optional.ofNullable(instant(what, json, "created"));
    }

    public String user() {
        return text("User");
    }

    /** As they stand: {@code 8080/tcp}. */
    public SequencedSet<String> exposedPorts() {
        return keys("ExposedPorts");
    }

    /** As {@code NAME=value}, in order. */
    public List<String> env() {
        return Json.texts(what, run, "Env");
    }

    public List<String> entrypoint() {
        return Json.texts(what, run, "Entrypoint");
    }

    public List<String> cmd() {
        return Json.texts(what, run, "Cmd");
    }

    public SequencedSet<String> volumes() {
        return keys("Volumes");
    }

    public String workingDir() {
        return text("WorkingDir");
    }

    public Map<String, String> labels() {
        return Json.map(what, run, "Labels");
    }

    public String stopSignal() {
        return text("StopSignal");
    }

    public Optional<Healthcheck> healthcheck() {
        ObjectNode node = Json.child(what, run, "Healthcheck");
        return node == null ? Optional.empty() : Optional.of(Healthcheck.read(what, node));
    }

    public List<String> shell() {
        return Json.texts(what, run, "Shell");
    }

    public List<String> onBuild() {
        return Json.texts(what, run, "OnBuild");
    }

    /** Digests of the uncompressed layers, the lowest first. */
    public List<Digest> diffIds() {
        return diffIds;
    }

    public List<History> history() {
        return Json.children(what, json, "history").stream()
                .map(node -> new History(
                        instant(what, node, "created"),
                        Json.text(what, node, "created_by"),
                        Json.text(what, node, "author"),
                        Json.text(what, node, "comment"),
                        node.path("empty_layer").asBoolean()))
                .toList();
    }

    public ImageConfig withPlatform(Platform newPlatform) {
        return with(node -> setPlatform(node, newPlatform));
    }

    /** Written to the second as RFC 3339 where it is whole, else with its fraction. */
    public ImageConfig withCreated(Instant created) {
        return with(node -> node.put("created", created.toString()));
    }

    public ImageConfig withUser(String user) {
        return withRun(node -> Json.put(node, "User", user));
    }

    public ImageConfig withExposedPorts(Collection<String> ports) {
        return withRun(node -> putKeys(node, "ExposedPorts", ports));
    }

    public ImageConfig withEnv(List<String> env) {
        return withRun(node -> Json.put(node, "Env", env));
    }

    public ImageConfig withEntrypoint(List<String> entrypoint) {
        return withRun(node -> Json.put(node, "Entrypoint", entrypoint));
    }

    public ImageConfig withCmd(List<String> cmd) {
        return withRun(node -> Json.put(node, "Cmd", cmd));
    }

    public ImageConfig withVolumes(Collection<String> volumes) {
        return withRun(node -> putKeys(node, "Volumes", volumes));
    }

    public ImageConfig withWorkingDir(String workingDir) {
        return withRun(node -> Json.put(node, "WorkingDir", workingDir));
    }

    public ImageConfig withLabels(Map<String, String> labels) {
        return withRun(node -> Json.put(node, "Labels", labels));
    }

    public ImageConfig withStopSignal(String stopSignal) {
        return withRun(node -> Json.put(node, "StopSignal", stopSignal));
    }

    public ImageConfig withHealthcheck(Healthcheck healthcheck) {
        return withRun(node -> node.set("Healthcheck", healthcheck.toNode()));
    }

    public ImageConfig withShell(List<String> shell) {
        return withRun(node -> Json.put(node, "Shell", shell));
    }

    public ImageConfig withOnBuild(List<String> onBuild) {
        return withRun(node -> Json.put(node, "OnBuild", onBuild));
    }

    public ImageConfig withDiffIds(List<Digest> newDiffIds) {
        return with(node -> {
            ObjectNode rootfs = node.get("rootfs") instanceof ObjectNode there ? there : node.putObject("rootfs");
            rootfs.put("type", "layers");
            rootfs.remove("diff_ids");
            var array = rootfs.putArray("diff_ids");
            newDiffIds.forEach(diffId -> array.add(diffId.value()));
        });
    }

    /** A step that stands where it stood before keeps the fields that are not known here. */
    public ImageConfig withHistory(List<History> history) {
        List<History> before = history();
        List<ObjectNode> nodesBefore = Json.children(what, json, "history");
        List<ObjectNode> nodes = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            boolean stays = i < before.size() && before.get(i).equals(history.get(i));
            nodes.add(stays ? nodesBefore.get(i) : toNode(history.get(i)));
        }
        return with(node -> Json.putAll(node, "history", nodes));
    }

    /** One more layer on top, and the step that made it. */
    public ImageConfig withLayer(Digest diffId, History step) {
        return withDiffIds(plus(diffIds, diffId)).withHistory(plus(history(), step));
    }

    /** The exact bytes, to be stored as a blob. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public Digest digest() {
        return digest;
    }

    /** Of an OCI config; a config read in Docker's media type is the same bytes. */
    public Descriptor descriptor() {
        return Descriptor.of(MediaTypes.IMAGE_CONFIG, digest, bytes.length);
    }

    @Override
    public String toString() {
        return what;
    }

    private String text(String field) {
        String value = Json.text(what, run, field);
        return value == null ? "" : value;
    }

    private SequencedSet<String> keys(String field) {
        SequencedSet<String> keys = new LinkedHashSet<>();
        ObjectNode node = Json.child(what, run, field);
        if (node != null) {
            node.fieldNames().forEachRemaining(keys::add);
        }
        return Collections.unmodifiableSequencedSet(keys);
    }

    private List<Digest> readDiffIds() {
        ObjectNode rootfs = Json.child(what, json, "rootfs");
        if (rootfs == null) {
            throw new MalformedDocumentException(what + ": 'rootfs' is missing", null);
        }
        List<Digest> read = new ArrayList<>();
        for (String diffId : Json.texts(what, rootfs, "diff_ids")) {
            if (!Digest.isDigest(diffId)) {
                throw new MalformedDocumentException(
                        "%s: diff_ids[%d] is not a sha256 digest: '%s'".formatted(what, read.size(), diffId), null);
            }
            read.add(new Digest(diffId));
        }
        return List.copyOf(read);
    }

    /** Reads every field once, so that a config which parsed never fails later. */
    private void check() {
        var unused = List.of(
                created(),
                user(),
                exposedPorts(),
                env(),
                entrypoint(),
                cmd(),
                volumes(),
                workingDir(),
                labels(),
                stopSignal(),
                healthcheck(),
                shell(),
                onBuild(),
                history());
        assert !unused.isEmpty();
    }

    private ImageConfig with(Consumer<ObjectNode> change) {
        ObjectNode copy = json.deepCopy();
        change.accept(copy);
        return written(copy);
    }

    private ImageConfig withRun(Consumer<ObjectNode> change) {
        return with(node -> {
            ObjectNode runNode = node.get("config") instanceof ObjectNode there ? there : node.putObject("config");
            change.accept(runNode);
            node.set("config", Documents.inOrder(runNode, RUN_ORDER));
        });
    }

    private static ImageConfig written(ObjectNode json) {
        ObjectNode ordered = Documents.inOrder(json, ORDER);
        return new ImageConfig(Json.bytes(ordered), ordered);
    }

    private static void setPlatform(ObjectNode node, Platform platform) {
        Json.put(node, "architecture", platform.architecture());
        Json.put(node, "variant", platform.variant());
        Json.put(node, "os", platform.os());
        Json.put(node, "os.version", platform.osVersion());
        Json.put(node, "os.features", platform.osFeatures());
    }

    private static void putKeys(ObjectNode node, String field, Collection<String> keys) {
        node.remove(field);
        if (!keys.isEmpty()) {
            ObjectNode child = node.putObject(field);
            keys.stream().sorted().distinct().forEach(child::putObject);
        }
    }

    private static ObjectNode toNode(History step) {
        ObjectNode node = Json.object();
        Instant created = step.created();
        Json.put(node, "created", created == null ? null : created.toString());
        Json.put(node, "created_by", step.createdBy());
        Json.put(node, "author", step.author());
        Json.put(node, "comment", step.comment());
        if (step.emptyLayer()) {
            node.put("empty_layer", true);
        }
        return node;
    }

    private static @Nullable Instant instant(String what, ObjectNode node, String field) {
        String text = Json.text(what, node, field);
        try {
            return text == null || text.isEmpty()
                    ? null
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new MalformedDocumentException(
                    "%s: '%s' is no time of RFC 3339: '%s'".formatted(what, field, text), e);
        }
    }

    private static <T> List<T> plus(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
