package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.History;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.Layer;
import dev.slipway.oci.layer.LayerEntry;
import dev.slipway.oci.layer.LayerOptions;
import dev.slipway.oci.layer.LayerWriter;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.oci.registry.RegistryRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dockerfiles with RUN, by Buildah and by BuildKit, for this machine's platform and for one that QEMU emulates. */
class RunBuildIT {
    private static final String DOCKERFILE = """
            ARG BASE
            FROM ${BASE} AS one
            RUN ["/bin/tool"]
            FROM ${BASE}
            COPY --from=one /made /copied
            RUN ["/bin/tool"]
            LABEL own=yes
            """;

    private static final Pattern BUILD = Pattern.compile("(?m)^(?:slipway: )?build\\s+(\\S+)");

    @TempDir
    Path temp;

    @Test
    void buildsWithBuildah() throws IOException {
        String buildah = Peers.require("buildah");
        requireRootAndEmulation();
        try (Stack stack = Stack.startWithBuilders("--buildah", buildah)) {
            build(stack, "buildah");
            rejectsWithinSecondsWhatOnlyBuildKitCanDo(stack);
        }
    }

    @Test
    void buildsWithBuildKit() throws IOException, InterruptedException {
        String buildkitd = Peers.require("buildkitd");
        Peers.require("buildctl");
        Peers.require("runc");
        requireRootAndEmulation();
        String address = "unix://" + temp.resolve("bk.sock");
        Process daemon = new ProcessBuilder(
                        buildkitd,
                        "--addr=" + address,
                        "--root=" + temp.resolve("root"),
                        "--oci-worker=true",
                        "--oci-worker-snapshotter=native",
                        "--containerd-worker=false")
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("buildkitd.log").toFile())
                .start();
        try {
            Eventually.get(Duration.ofSeconds(30), () -> Files.exists(temp.resolve("bk.sock")), listens -> listens);
            try (Stack stack = Stack.startWithBuilders("--buildah", "none", "--buildkit", address)) {
                build(stack, "buildkit");
            }
        } finally {
            daemon.destroy();
            if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
                daemon.destroyForcibly();
            }
        }
    }

    @Test
    void saysWhatIsMissingWhereNoWorkerRunsAnything() throws IOException {
        try (Stack stack = Stack.startWithBuilders("--buildah", "none")) {
            Command build = stack.slipway(arguments(stack, context(), base(stack)));

            assertThat(build.exitCode()).as(build.printed()).isNotZero();
            assertThat(build.printed())
                    .contains("Dockerfile:3:1: RUN runs a command")
                    .contains("missing is a worker that has one of them: pool 'default' has workers with embedded");
            Command builders = stack.slipway("builders");
            assertThat(builders.exitCode()).as(builders.printed()).isZero();
            assertThat(builders.printed()).contains("default", "ready", "embedded");
        }
    }

    private void build(Stack stack, String builder) throws IOException {
        Command build = stack.slipway(arguments(stack, context(), base(stack)));

        assertThat(build.exitCode()).as(build.printed()).isZero();
        assertThat(build.printed()).contains("(%s)".formatted(builder), "(%s, emulated)".formatted(builder));
        Command logs = stack.slipway("logs", buildId(build), "--platform", "linux/arm64");
        assertThat(logs.exitCode()).as(logs.printed()).isZero();
        assertThat(logs.printed()).contains("[linux/arm64] arm64").doesNotContain("[linux/amd64]");
        try (RegistryClient client =
                new RegistryClient(RegistryOptions.builder().build())) {
            RegistryRepository result = client.repository(
                    Reference.parse(stack.registry() + "/team/run:1").repository());
            ImageIndex index = ImageIndex.of(result.manifest("1").orElseThrow());
            for (Descriptor child : index.images()) {
                Platform platform = child.optionalPlatform().orElseThrow();
                Manifest manifest = result.manifest(child.digest().value()).orElseThrow();
                ImageManifest image = ImageManifest.of(manifest);
                ImageConfig config = ImageConfig.parse(result.blob(image.config()));
                assertThat(config.labels())
                        .containsEntry("own", "yes")
                        .containsEntry("requested", "too")
                        .containsEntry("org.opencontainers.image.base.name", stack.registry() + "/base/tiny:1")
                        .containsEntry("org.opencontainers.image.architecture", platform.architecture())
                        .containsKey("otel.traceid");
                assertThat(contents(result, image))
                        .as("what the programs of %s wrote", platform)
                        .contains(platform.architecture() + "\n")
                        .contains("copied", "made");
            }
            assertThat(index.images()).hasSize(2);
        }
    }

    private void rejectsWithinSecondsWhatOnlyBuildKitCanDo(Stack stack) throws IOException {
        Path context = Files.createDirectories(temp.resolve("frontend"));
        Files.writeString(context.resolve("Dockerfile"), "# syntax=example.org/frontend:1\nFROM scratch\nCOPY . /\n");

        Command build = stack.slipwayWithin(
                Duration.ofSeconds(60),
                "build",
                context.toString(),
                "-t",
                stack.registry() + "/team/frontend:1",
                "--platform",
                "linux/amd64");

        assertThat(build.exitCode()).as(build.printed()).isNotZero();
        assertThat(build.printed()).contains("Dockerfile:1:10: ").contains("is not among those that are allowed: none");
    }

    private Path context() throws IOException {
        Path context = Files.createDirectories(temp.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
        return context;
    }

    private static String buildId(Command build) {
        Matcher named = BUILD.matcher(build.printed());
        assertThat(named.find()).as(build.printed()).isTrue();
        return named.group(1);
    }

    private static String[] arguments(Stack stack, Path context, String base) {
        return new String[] {
            "build",
            context.toString(),
            "-t",
            stack.registry() + "/team/run:1",
            "--platform",
            "linux/amd64,linux/arm64",
            "--build-arg",
            "BASE=" + base,
            "--label",
            "requested=too",
            "--progress",
            "plain"
        };
    }

    /** All layers but those of the base, unpacked into one text. */
    private static String contents(RegistryRepository result, ImageManifest image) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Descriptor layer : image.layers().subList(1, image.layers().size())) {
            try (InputStream in = new GZIPInputStream(result.openBlob(layer))) {
                in.transferTo(all);
            }
        }
        return all.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** An image of nothing but the program, for both platforms. */
    private String base(Stack stack) throws IOException {
        String name = stack.registry() + "/base/tiny:1";
        Map<String, byte[]> programs = Map.of("linux/amd64", TinyProgram.amd64(), "linux/arm64", TinyProgram.arm64());
        try (RegistryClient client =
                new RegistryClient(RegistryOptions.builder().build())) {
            RegistryRepository repository =
                    client.repository(Reference.parse(name).repository());
            List<Descriptor> children = new ArrayList<>();
            for (Map.Entry<String, byte[]> program : programs.entrySet()) {
                Platform platform = Platform.parse(program.getKey());
                Layer layer = new LayerWriter(LayerOptions.DEFAULT)
                        .write(
                                List.of(
                                        new LayerEntry.Directory("bin", Attributes.of(0755)),
                                        new LayerEntry.RegularFile(
                                                "bin/tool",
                                                Attributes.of(0755),
                                                program.getValue().length,
                                                BlobSource.of(program.getValue()))),
                                temp.resolve("layer"));
                repository.putBlob(layer.descriptor(), layer.content());
                ImageConfig config =
                        ImageConfig.of(platform).withLayer(layer.diffId(), History.layer(Instant.EPOCH, "tool"));
                repository.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
                ImageManifest image = ImageManifest.of(config.descriptor(), List.of(layer.descriptor()));
                children.add(repository.putManifest(image.manifest()).withPlatform(platform));
            }
            repository.tag(ImageIndex.of(children).manifest(), "1");
        }
        return name;
    }

    private static void requireRootAndEmulation() throws IOException {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "skipped: building with RUN needs root here");
        assumeTrue(
                Files.exists(Path.of("/proc/sys/fs/binfmt_misc/qemu-aarch64")),
                "skipped: the peer 'qemu-user-static' is not registered with binfmt (tools/peers core)");
    }
}
