package dev.slipway.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.context.pack.ContextPacker;
import dev.slipway.context.pack.PackRequest;
import dev.slipway.context.pack.PackedContext;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.ImageManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
    private final MemoryStore store = MemoryStore.alone();

    @TempDir
    Path root;

    @BeforeEach
    void dockerfile() throws IOException {
        Files.writeString(root.resolve("Dockerfile"), "FROM scratch");
    }

    @Test
    void givesBackWhatWasPacked() throws IOException {
        byte[] large = "large ".repeat(100_000).getBytes(UTF_8);
        Files.createDirectories(root.resolve("a/empty"));
        Files.writeString(root.resolve("a/small"), "small");
        Files.write(root.resolve("a/large"), large);
        Files.createSymbolicLink(root.resolve("link"), Path.of("a/small"));

        BuildContext context = packAndOpen();

        assertThat(context.entries().keySet())
                .containsExactly("Dockerfile", "a", "a/empty", "a/large", "a/small", "link");
        assertThat(read(context, "a/small")).isEqualTo("small".getBytes(UTF_8));
        assertThat(read(context, "a/large")).isEqualTo(large);
        assertThat(context.entries().get("a/small"))
                .asInstanceOf(type(ContextEntry.RegularFile.class))
                .extracting(ContextEntry.RegularFile::digest)
                .isEqualTo(Digest.of("small".getBytes(UTF_8)));
        assertThat(context.entries().get("link")).isEqualTo(new ContextEntry.Link("link", "a/small"));
        assertThat(context.totalBytes()).isEqualTo(large.length + 5 + 12);
    }

    @Test
    void readsNothingButTheDockerfileForTheDockerfile() throws IOException {
        Files.write(root.resolve("large"), new byte[1_000_000]);
        Files.writeString(root.resolve("small"), "small");

        byte[] dockerfile = packAndOpen().dockerfile("Dockerfile", 1000);

        assertThat(dockerfile).isEqualTo("FROM scratch".getBytes(UTF_8));
        assertThat(store.read).containsExactly(Digest.of(dockerfile));
    }

    @Test
    void findsAnotherDockerfileInAPackThroughALink() throws IOException {
        Files.createDirectories(root.resolve("d"));
        Files.writeString(root.resolve("d/Other"), "FROM other");
        Files.createSymbolicLink(root.resolve("d/Link"), Path.of("./Other"));

        assertThat(packAndOpen().dockerfile("d/Link", 1000)).isEqualTo("FROM other".getBytes(UTF_8));
    }

    @Test
    void keepsAHiddenDockerfileFromCopy() throws IOException {
        Files.writeString(root.resolve(".dockerignore"), "Dockerfile");

        BuildContext context = packAndOpen();

        assertThat(context.entries()).containsOnlyKeys(".dockerignore");
        assertThat(context.dockerfile("Dockerfile", 1000)).isNotEmpty();
    }

    @Test
    void saysThatTheDockerfileIsMissingOrTooLarge() throws IOException {
        BuildContext context = packAndOpen();

        assertThatThrownBy(() -> context.dockerfile("nowhere", 1000))
                .asInstanceOf(type(ContextException.class))
                .extracting(ContextException::kind)
                .isEqualTo(ContextException.Kind.DOCKERFILE_MISSING);
        assertThatThrownBy(() -> context.dockerfile("Dockerfile", 3)).hasMessageContaining("12 bytes");
    }

    @Test
    void knowsAPackFromBefore() throws IOException {
        Files.writeString(root.resolve("small"), "small");
        PackedContext packed = pack();
        ContextReader reader = new ContextReader(store);
        reader.open(packed.manifest().descriptor()).entries();
        store.read.clear();

        reader.open(packed.manifest().descriptor()).entries();

        assertThat(store.read).isEmpty();
    }

    @Test
    void refusesPathsThatLeaveTheContextOrComeTwice() {
        assertThatThrownBy(() -> foreign("../x").entries()).hasMessageContaining("'../x' is no path inside");
        assertThatThrownBy(() -> foreign("/x").entries()).hasMessageContaining("'/x' is no path inside");
        assertThatThrownBy(() -> foreign("x", "x").entries()).hasMessageContaining("twice");
        assertThatThrownBy(() -> foreign("x", "x/y").entries()).hasMessageContaining("no directory");
    }

    @Test
    void refusesWhatIsNotThereAndWhatIsNoContext() {
        Descriptor nowhere = Descriptor.of("x/y", new byte[] {1});
        Descriptor image = store.putManifest(
                ImageManifest.artifact("text/other", List.of()).manifest());

        assertThatThrownBy(() -> new ContextReader(store).open(nowhere))
                .hasMessageContaining("is not in " + store.location());
        assertThatThrownBy(() -> new ContextReader(store).open(image))
                .hasMessageContaining("no context but text/other");
    }

    private BuildContext foreign(String... paths) {
        List<Descriptor> layers = java.util.Arrays.stream(paths)
                .map(path -> Descriptor.of(ContextFormat.FILE, path.getBytes(UTF_8))
                        .withAnnotations(Map.of(ContextFormat.TITLE, path, ContextFormat.MODE, "644")))
                .toList();
        return new ContextReader(store)
                .open(store.putManifest(ImageManifest.artifact(ContextFormat.ARTIFACT_TYPE, layers)
                        .manifest()));
    }

    private BuildContext packAndOpen() {
        return new ContextReader(store).open(pack().manifest().descriptor());
    }

    private PackedContext pack() {
        PackedContext packed = new ContextPacker()
                .pack(new PackRequest(root, root.resolve("Dockerfile"), Optional.empty()), blob -> {});
        packed.blobs().forEach(blob -> store.putBlob(blob.descriptor(), blob.content()));
        store.putManifest(packed.manifest());
        return packed;
    }

    private static byte[] read(BuildContext context, String path) throws IOException {
        ContextEntry entry = Objects.requireNonNull(context.entries().get(path));
        try (InputStream in = context.open((ContextEntry.RegularFile) entry)) {
            return in.readAllBytes();
        }
    }
}
