package dev.slipway.context.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.context.ContextException;
import dev.slipway.context.ContextFormat;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.image.ImageManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextPackerTest {

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void dockerfile() throws IOException {
        root = Files.createDirectory(temporary.resolve("context"));
        write("Dockerfile", "FROM scratch\n");
    }

    @Test
    void packsSmallFilesAndSendsLargeOnesAsTheyAre() throws IOException {
        byte[] large = new byte[3 * 1024 * 1024];
        Files.write(root.resolve("app.jar"), large);
        write("src/Main.java", "class Main {}");

        PackedContext packed = pack();

        ImageManifest manifest = ImageManifest.of(packed.manifest());
        assertThat(manifest.artifactType()).isEqualTo(ContextFormat.ARTIFACT_TYPE);
        assertThat(manifest.layers())
                .extracting(Descriptor::mediaType)
                .containsExactly(ContextFormat.FILE, ContextFormat.FILE, ContextFormat.PACK);
        assertThat(manifest.layers().get(1).digest()).isEqualTo(Digest.of(large));
        assertThat(manifest.layers().get(1).annotations())
                .containsEntry(ContextFormat.TITLE, "app.jar")
                .containsEntry(ContextFormat.MODE, "644");
        assertThat(names(packed)).containsExactly("src/", "src/Main.java");
        assertThat(packed.fileCount()).isEqualTo(3);
        assertThat(packed.totalBytes()).isEqualTo(large.length + 13 + 13);
    }

    @Test
    void leavesOutWhatDockerignoreSaysAndCountsIt() throws IOException {
        write(".dockerignore", "node_modules\n*.log\n!keep.log\n");
        write("node_modules/deep/index.js", "12345");
        write("a.log", "123");
        write("keep.log", "1");

        PackedContext packed = pack();

        assertThat(names(packed)).containsExactly(".dockerignore", "keep.log");
        assertThat(packed.totalBytes() - packed.packedBytes()).isEqualTo(8);
    }

    @Test
    void prefersTheIgnoreFileOfTheDockerfile() throws IOException {
        write(".dockerignore", "*");
        write("build/Other.Dockerfile", "FROM scratch");
        write("build/Other.Dockerfile.dockerignore", "a.txt");
        write("a.txt", "a");
        write("b.txt", "b");

        PackedContext packed = pack("build/Other.Dockerfile");

        assertThat(packed.dockerfile()).isEqualTo("build/Other.Dockerfile");
        assertThat(names(packed)).contains("b.txt", "Dockerfile").doesNotContain("a.txt");
    }

    @Test
    void keepsAnIgnoredDirectoryThatAnExceptionReachesInto() throws IOException {
        write(".dockerignore", "docs\n!docs/a/README.md\n");
        write("docs/a/README.md", "x");
        write("docs/a/other.md", "x");
        write("docs/b/other.md", "x");

        assertThat(names(pack())).containsExactly(".dockerignore", "docs/", "docs/a/", "docs/a/README.md");
    }

    @Test
    void sendsAnIgnoredDockerfileHidden() throws IOException {
        write(".dockerignore", "Dockerfile\n.dockerignore\n");

        PackedContext packed = pack();

        Descriptor layer = ImageManifest.of(packed.manifest()).layers().getFirst();
        assertThat(layer.annotations()).containsEntry(ContextFormat.HIDDEN, "true");
        assertThat(packed.fileCount()).isZero();
    }

    @Test
    void takesADockerfileFromElsewhere() throws IOException {
        Path elsewhere = Files.writeString(temporary.resolve("Elsewhere"), "FROM busybox");

        PackedContext packed = new ContextPacker().pack(new PackRequest(root, elsewhere, Optional.empty()), blob -> {});

        Descriptor layer = ImageManifest.of(packed.manifest()).layers().getFirst();
        assertThat(packed.dockerfile()).isEqualTo("Elsewhere");
        assertThat(layer.annotations()).containsEntry(ContextFormat.HIDDEN, "true");
        assertThat(layer.digest())
                .isEqualTo(Digest.of("FROM busybox".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void keepsModesLinksAndLongNamesButNoTimesAndOwners() throws IOException {
        String longName = "ä".repeat(60) + "/" + "n".repeat(120);
        write(longName, "x");
        write("run.sh", "#!/bin/sh");
        Files.setPosixFilePermissions(root.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("run.sh"));

        List<TarArchiveEntry> entries = entries(pack());

        assertThat(entries)
                .extracting(TarArchiveEntry::getName)
                .containsExactly("link", "run.sh", "ä".repeat(60) + "/", longName);
        assertThat(entries.get(0).getLinkName()).isEqualTo("run.sh");
        assertThat(entries.get(1).getMode() & 07777).isEqualTo(0750);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getLastModifiedTime().toMillis()).isZero();
        });
    }

    @Test
    void givesTheSameManifestForTheSameFiles() throws IOException {
        write("a", "1");
        write("b/c", "2");
        Digest first = pack().manifest().digest();

        Files.setLastModifiedTime(
                root.resolve("a"), java.nio.file.attribute.FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

        assertThat(pack().manifest().digest()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/etc/passwd", "sub/../../outside", "through/../../outside"})
    void refusesALinkThatLeadsOut(String target) throws IOException {
        Files.createDirectories(root.resolve("sub/deeper"));
        Files.createSymbolicLink(root.resolve("through"), Path.of("sub"));
        Files.createSymbolicLink(root.resolve("link"), Path.of(target));

        assertThatThrownBy(this::pack)
                .hasMessageContaining("'link'")
                .hasMessageContaining("'" + target + "'")
                .asInstanceOf(type(ContextException.class))
                .extracting(ContextException::kind)
                .isEqualTo(ContextException.Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "link", "sub/deeper/../..", "to-deeper/../x"})
    void keepsALinkThatStaysInside(String target) throws IOException {
        Files.createDirectories(root.resolve("sub/deeper"));
        Files.createSymbolicLink(root.resolve("to-deeper"), Path.of("sub/deeper"));
        Files.createSymbolicLink(root.resolve("link"), Path.of(target));

        assertThat(names(pack())).contains("link");
    }

    @Test
    void doesNotMindALinkOutThatIsIgnored() throws IOException {
        write(".dockerignore", "link");
        Files.createSymbolicLink(root.resolve("link"), Path.of("/etc/passwd"));

        assertThat(names(pack())).containsExactly(".dockerignore");
    }

    @Test
    void refusesAFifo() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assumeTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0, "peer missing: mkfifo");

        assertThatThrownBy(this::pack).hasMessageContaining("'pipe'").hasMessageContaining("FIFO");
    }

    @Test
    void saysThatTheDockerfileIsMissing() {
        assertThatThrownBy(() -> pack("No.such"))
                .asInstanceOf(type(ContextException.class))
                .extracting(ContextException::kind)
                .isEqualTo(ContextException.Kind.DOCKERFILE_MISSING);
    }

    @Test
    void saysWhichPatternIsWrong() throws IOException {
        write(".dockerignore", "ok\n[\n");

        assertThatThrownBy(this::pack).hasMessageContaining("'.dockerignore', line 2");
    }

    @Test
    void noticesAFileThatChangesBeforeItIsSent() throws IOException {
        Files.write(root.resolve("app.jar"), new byte[3_000_000]);
        PackedContext packed = pack();
        ContextBlob jar = packed.blobs().stream()
                .filter(blob -> blob.descriptor().size() == 3_000_000)
                .findFirst()
                .orElseThrow();

        Files.write(root.resolve("app.jar"), new byte[3_000_001]);

        assertThatThrownBy(() -> read(jar))
                .hasMessageContaining("'app.jar' of the context changed")
                .asInstanceOf(type(ContextException.class))
                .extracting(ContextException::kind)
                .isEqualTo(ContextException.Kind.CHANGED);
    }

    @Test
    void tellsOfEveryBlobWhileItPacks() throws IOException {
        Files.write(root.resolve("one.bin"), new byte[400_000]);
        Files.write(root.resolve("two.bin"), new byte[500_000]);
        write("small", "x");
        List<Digest> heard = Collections.synchronizedList(new ArrayList<>());

        PackedContext packed = new ContextPacker()
                .pack(
                        new PackRequest(root, root.resolve("Dockerfile"), Optional.empty()),
                        blob -> heard.add(blob.descriptor().digest()));

        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(packed.blobs().stream()
                        .map(blob -> blob.descriptor().digest())
                        .toList());
    }

    private PackedContext pack() {
        return pack("Dockerfile");
    }

    private PackedContext pack(String dockerfile) {
        return new ContextPacker().pack(new PackRequest(root, root.resolve(dockerfile), Optional.empty()), blob -> {});
    }

    private static List<String> names(PackedContext packed) throws IOException {
        return entries(packed).stream().map(TarArchiveEntry::getName).toList();
    }

    private static List<TarArchiveEntry> entries(PackedContext packed) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        for (ContextBlob blob : packed.blobs()) {
            byte[] content = read(blob);
            assertThat(Digest.of(content)).isEqualTo(blob.descriptor().digest());
            if (blob.descriptor().mediaType().equals(ContextFormat.PACK)) {
                try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(content))) {
                    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                        entries.add(e);
                    }
                }
            }
        }
        return entries;
    }

    private static byte[] read(ContextBlob blob) throws IOException {
        try (InputStream in = blob.content().open()) {
            return in.readAllBytes();
        }
    }

    private void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
