package dev.slipway.build.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.LayerListing;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.build.embedded.tree.Tars;
import dev.slipway.context.ContextReader;
import dev.slipway.context.pack.ContextPacker;
import dev.slipway.context.pack.PackRequest;
import dev.slipway.context.pack.PackedContext;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.MemoryRegistry;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.History;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A builder over registries in memory, and what a test may ask of it. */
public final class Builds implements AutoCloseable {
    public static final Platform AMD64 = Platform.parse("linux/amd64");
    public static final Platform ARM64 = Platform.parse("linux/arm64");
    public static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");
    public static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final RepositoryName STAGING = new RepositoryName("registry.test", "staging");

    public final MemoryRegistry registry = new MemoryRegistry();
    public final MemoryStore staging = registry.open(STAGING);
    public final Map<String, Reference.Digested> bases = new LinkedHashMap<>();
    public final List<String> steps = new ArrayList<>();
    public final Path context;
    public final Path temporary;
    public final EmbeddedBuilder builder;

    public Map<String, String> buildArgs = Map.of();
    public Map<String, String> labels = Map.of();
    public Map<String, String> annotations = Map.of();
    public @Nullable String target;
    public @Nullable String revision;
    public @Nullable String source;
    public boolean reproducible;
    public boolean noCache;
    public Instant created = CREATED;
    public String trace = TRACE;
    public String buildId = "5f0c7e9ab1d24c3e8f6a7b8c9d0e1f2a";

    public Builds(Path directory) {
        this.context = directory.resolve("context");
        this.temporary = directory.resolve("temporary");
        this.builder = new EmbeddedBuilder(new ContextReader(staging), staging, registry::open, temporary);
        io(() -> Files.createDirectories(context));
    }

    public Builds file(String path, String content) {
        io(() -> {
            Files.createDirectories(context.resolve(path).getParent());
            return Files.writeString(context.resolve(path), content);
        });
        return this;
    }

    /** An image of one layer for each tar, on the registry that staging is on too. */
    public Reference.Digested base(String name, ImageConfig config, Tars... layers) {
        return base(name, MediaTypes.LAYER_GZIP, config, layers);
    }

    public Reference.Digested base(String name, String layerType, ImageConfig config, Tars... layers) {
        ImageManifest image = image(repository(name), layerType, config, layers);
        return resolved(name, registry.open(repository(name)).putManifest(image.manifest()));
    }

    /** An index of images. */
    public Reference.Digested index(String name, Map<ImageConfig, Tars> images) {
        MemoryStore store = registry.open(repository(name));
        List<Descriptor> children = new ArrayList<>();
        images.forEach((config, layer) ->
                children.add(store.putManifest(image(repository(name), MediaTypes.LAYER_GZIP, config, layer)
                                .manifest())
                        .withPlatform(config.platform())));
        return resolved(name, store.putManifest(ImageIndex.of(children).manifest()));
    }

    private Reference.Digested resolved(String name, Descriptor manifest) {
        Reference.Digested reference = new Reference.Digested(repository(name), Optional.of("1"), manifest.digest());
        bases.put(name, reference);
        return reference;
    }

    public static RepositoryName repository(String name) {
        return new RepositoryName("registry.test", "library/" + name);
    }

    private ImageManifest image(RepositoryName repository, String layerType, ImageConfig config, Tars... layers) {
        MemoryStore store = registry.open(repository);
        ImageConfig whole = config;
        List<Descriptor> descriptors = new ArrayList<>();
        for (Tars layer : layers) {
            byte[] plain = layer.bytes();
            byte[] blob = layerType.endsWith("gzip") ? gzip(plain) : plain;
            Descriptor descriptor = Descriptor.of(layerType, blob);
            store.putBlob(descriptor, BlobSource.of(blob));
            descriptors.add(descriptor);
            whole = whole.withLayer(
                    Descriptor.of(MediaTypes.LAYER, plain).digest(), History.layer(Instant.EPOCH, "base"));
        }
        store.putBlob(whole.descriptor(), BlobSource.of(whole.bytes()));
        return ImageManifest.of(whole.descriptor(), descriptors);
    }

    public BuiltImage build(String... dockerfile) {
        return build(AMD64, dockerfile);
    }

    public BuiltImage build(Platform platform, String... dockerfile) {
        return builder.build(task(platform, dockerfile), new BuildObserver() {
            @Override
            public void stepDone(Step step, boolean reused, Duration took) {
                steps.add("%d/%d %s %s%s"
                        .formatted(step.number(), step.total(), step.stage(), step.text(), reused ? " (reused)" : ""));
            }

            @Override
            public void warning(String text) {
                steps.add("warning: " + text);
            }

            @Override
            public void output(String line) {
                steps.add("output: " + line);
            }
        });
    }

    public PlatformBuildTask task(Platform platform, String... dockerfile) {
        io(() -> Files.writeString(context.resolve("Dockerfile"), String.join("\n", dockerfile) + "\n"));
        PackedContext packed = new ContextPacker()
                .pack(
                        new PackRequest(context, context.resolve("Dockerfile"), Optional.empty()),
                        blob -> staging.putBlob(blob.descriptor(), blob.content()));
        BuildInputs inputs = new BuildInputs(
                staging.putManifest(packed.manifest()),
                packed.dockerfile(),
                target,
                buildArgs,
                bases,
                labels,
                annotations,
                created,
                reproducible,
                noCache,
                BuildInputs.Resources.NONE,
                new BuildInputs.Origin(revision, source, trace));
        return new PlatformBuildTask(buildId, platform, inputs);
    }

    public BuildException failure(String... dockerfile) {
        BuildException e = catchThrowableOfType(BuildException.class, () -> build(dockerfile));
        assertThat(e).as("the error").isNotNull();
        return e;
    }

    /** Fails as a step of the Dockerfile does; returns why. */
    public String stepFailure(String... dockerfile) {
        BuildException e = failure(dockerfile);
        assertThat(e.reason()).isEqualTo(BuildException.Reason.BUILD_STEP_FAILED);
        assertThat(e.retryable()).isFalse();
        return String.valueOf(e.getMessage());
    }

    public ImageManifest manifest(BuiltImage image) {
        return ImageManifest.of(image.manifest());
    }

    public ImageConfig config(BuiltImage image) {
        return ImageConfig.parse(staging.bytes(manifest(image).config().digest()));
    }

    /** The files of the image. */
    public FileTree files(BuiltImage image) {
        FileTree tree = FileTree.empty();
        manifest(image)
                .layers()
                .forEach(layer -> io(() -> {
                    layer(layer).applyTo(tree);
                    return tree;
                }));
        return tree;
    }

    /** What one layer has, the lowest being 0. */
    public SortedMap<String, Node> layer(BuiltImage image, int number) {
        FileTree tree = FileTree.empty();
        io(() -> {
            layer(manifest(image).layers().get(number)).applyTo(tree);
            return tree;
        });
        return new TreeMap<>(tree.below(""));
    }

    private LayerListing layer(Descriptor layer) throws IOException {
        byte[] blob = staging.bytes(layer.digest());
        return LayerListing.read(
                new GZIPInputStream(new ByteArrayInputStream(blob)), path -> BlobSource.of(path.getBytes(UTF_8)));
    }

    /** What is left of temporary files. */
    public List<String> leftovers() {
        return io(() -> {
            try (var files = Files.walk(temporary)) {
                return files.filter(Files::isRegularFile).map(Path::toString).toList();
            }
        });
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return io(() -> {
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(plain);
            }
            return bytes.toByteArray();
        });
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private static <T> T io(Io<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        io(() -> {
            builder.close();
            return builder;
        });
    }
}
