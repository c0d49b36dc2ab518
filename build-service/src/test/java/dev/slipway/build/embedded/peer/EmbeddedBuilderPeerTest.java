package dev.slipway.build.embedded.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.embedded.Builds;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layout.ImageLayout;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same Dockerfiles, built by BuildKit and by us: config and files must be the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedBuilderPeerTest {
    private static final Map<String, String> BUILD_ARGS = Map.of("GIVEN", "given", "EMPTY", "");

    private final EmbeddedRegistry registry = EmbeddedRegistry.startTemporary();
    private final RegistryClient client = new RegistryClient();
    private BuildKit buildKit;
    private Builds builds;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Path peer = Files.createDirectories(directory.resolve("bk"));
        buildKit = BuildKit.startOrSkip(peer, registry.address());
        builds = new Builds(directory.resolve("ours"));
        builds.buildArgs = BUILD_ARGS;
        PeerCases.fill(builds.context);
        new PeerBases(builds, registry.address(), client).push();
    }

    @AfterAll
    void stop() {
        if (builds != null) {
            builds.close();
        }
        if (buildKit != null) {
            buildKit.close();
        }
        client.close();
        registry.close();
    }

    @ParameterizedTest
    @MethodSource("dev.slipway.build.embedded.peer.PeerCases#built")
    void buildsWhatBuildKitBuilds(PeerCases.Case example) throws IOException, InterruptedException {
        BuildKit.Outcome theirs = buildKit(example);
        assertThat(theirs.layout()).as(theirs.log()).isNotNull();
        ImageLayout layout = ImageLayout.at(theirs.layout());
        ImageManifest expected = ImageManifest.of(layout.manifest("latest")
                .or(() -> layout.manifest(onlyManifest(theirs.layout())))
                .orElseThrow());

        BuiltImage image = builds.build(example.platform(), dockerfile(example));

        assertThat(ImageView.config(builds.config(image)))
                .isEqualTo(ImageView.config(ImageConfig.parse(layout.blob(expected.config()))));
        assertThat(ImageView.files(builds.staging, builds.manifest(image)))
                .isEqualTo(ImageView.files(layout, expected));
    }

    @ParameterizedTest
    @MethodSource("dev.slipway.build.embedded.peer.PeerCases#refused")
    void refusesWhatBuildKitRefuses(PeerCases.Case example) throws IOException, InterruptedException {
        BuildKit.Outcome theirs = buildKit(example);
        assertThat(theirs.layout()).as(theirs.log()).isNull();

        assertThatThrownBy(() -> builds.build(example.platform(), dockerfile(example)))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.retryable()).isFalse());
    }

    private String dockerfile(PeerCases.Case example) {
        return example.dockerfile().replace("BASES", registry.address() + "/library");
    }

    private BuildKit.Outcome buildKit(PeerCases.Case example) throws IOException, InterruptedException {
        Path dockerfile = Files.writeString(builds.context.resolveSibling("Dockerfile"), dockerfile(example));
        // ours is built from a context that has it
        Files.writeString(builds.context.resolve("Dockerfile"), dockerfile(example) + "\n");
        Map<String, String> options = new LinkedHashMap<>();
        options.put("platform", example.platform().name());
        BUILD_ARGS.forEach((name, value) -> options.put("build-arg:" + name, value));
        return buildKit.build(builds.context, dockerfile, options);
    }

    private static String onlyManifest(Path layout) {
        try {
            String index = Files.readString(layout.resolve("index.json"));
            return index.replaceAll("(?s).*?\"manifests\".*?\"digest\"\\s*:\\s*\"(sha256:[0-9a-f]{64})\".*", "$1");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Platform amd64() {
        return Builds.AMD64;
    }
}
