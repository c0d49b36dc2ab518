package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerWriterTest {
    private static final Instant TIME = Instant.parse("2024-02-29T12:00:00Z");
    private static final LayerOptions PLAIN =
            LayerOptions.DEFAULT.withTime(TIME).withCompression(Compression.NONE);
    private static final LayerOptions GZIP = PLAIN.withCompression(Compression.GZIP);

    @TempDir
    Path directory;

    @Test
    void keepsEveryKindOfEntryWithItsAttributes() throws IOException {
        List<LayerEntry> entries = List.of(
                new LayerEntry.HardLink("a/hard", Attributes.of(0644), "b/file"),
                LayerEntry.RegularFile.of("b/file", new Attributes(04755, 1000, 65532), bytes("content")),
                new LayerEntry.SymbolicLink("b/link", Attributes.of(0777), "../etc/passwd"),
                new LayerEntry.Directory("b", Attributes.of(01777)));

        List<TarArchiveEntry> read = read(new LayerWriter(PLAIN).write(entries, directory.resolve("layer")));

        assertThat(read).extracting(TarArchiveEntry::getName).containsExactly("b/", "b/file", "b/link", "a/hard");
        TarArchiveEntry file = read.get(1);
        assertThat(file.getMode() & 07777).isEqualTo(04755);
        assertThat(file.getLongUserId()).isEqualTo(1000);
        assertThat(file.getLongGroupId()).isEqualTo(65532);
        assertThat(file.getSize()).isEqualTo(7);
        assertThat(read)
                .allSatisfy(entry ->
                        assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(TIME));
        assertThat(read.get(0).isDirectory()).isTrue();
        assertThat(read.get(0).getMode() & 07777).isEqualTo(01777);
        assertThat(read.get(2).getLinkName()).isEqualTo("../etc/passwd");
        assertThat(read.get(3).isLink()).isTrue();
        assertThat(read.get(3).getLinkName()).isEqualTo("b/file");
    }

    @Test
    void keepsNamesThatDoNotFitIntoAHeader() throws IOException {
        String longName = "d/" + "x".repeat(150) + "/" + "y".repeat(250);
        String unicode = "grüße/日本語.txt";
        List<LayerEntry> entries = List.of(
                LayerEntry.RegularFile.of(longName, new Attributes(0600, 3_000_000, 4_000_000), bytes("1")),
                LayerEntry.RegularFile.of(unicode, Attributes.of(0600), bytes("22")),
                new LayerEntry.SymbolicLink("z", Attributes.of(0777), longName));

        List<TarArchiveEntry> read = read(new LayerWriter(PLAIN).write(entries, directory.resolve("layer")));

        assertThat(read).extracting(TarArchiveEntry::getName).containsExactly(longName, unicode, "z");
        assertThat(read.getFirst().getLongUserId()).isEqualTo(3_000_000);
        assertThat(read.getFirst().getLongGroupId()).isEqualTo(4_000_000);
        assertThat(read.getLast().getLinkName()).isEqualTo(longName);
    }

    @Test
    void doesNotDependOnTheOrderOfTheEntries() throws IOException {
        List<LayerEntry> entries = new ArrayList<>(List.of(
                new LayerEntry.Directory("etc", Attributes.of(0755)),
                LayerEntry.RegularFile.of("etc/a", Attributes.of(0644), bytes("a")),
                LayerEntry.RegularFile.of("etc/b", Attributes.of(0644), bytes("b")),
                LayerEntry.RegularFile.of("etc-b", Attributes.of(0644), bytes("c"))));
        Layer sorted = new LayerWriter(PLAIN).write(entries, directory.resolve("sorted"));

        Collections.reverse(entries);
        Layer reversed = new LayerWriter(PLAIN).write(entries, directory.resolve("reversed"));

        assertThat(reversed.descriptor()).isEqualTo(sorted.descriptor());
    }

    @Test
    void hasTheBytesThatItAlwaysHad() throws IOException {
        List<LayerEntry> entries = List.of(
                new LayerEntry.Directory("app", Attributes.of(0755)),
                LayerEntry.RegularFile.of("app/hello", Attributes.of(0755), bytes("hello\n")));

        Layer layer = new LayerWriter(PLAIN).write(entries, directory.resolve("layer"));

        // GNU tar --format=ustar --owner=0 --group=0 --numeric-owner --mtime=2024-02-29T12:00:00Z --sort=name -b1 says
        // so too
        assertThat(layer.diffId().hex()).isEqualTo("2580258e21ef6884586e52df34f0ee9abd69157cf83866c25c0e6868cc19bb78");
    }

    @Test
    void givesTheSameGzipWhateverTheThreads() throws IOException {
        byte[] content = text(5_000_000);
        List<LayerEntry> entries = List.of(LayerEntry.RegularFile.of("text", Attributes.of(0644), content));

        Layer one = new LayerWriter(GZIP.withThreads(1)).write(entries, directory.resolve("one"));
        Layer four = new LayerWriter(GZIP.withThreads(4)).write(entries, directory.resolve("four"));

        assertThat(four.descriptor()).isEqualTo(one.descriptor());
        assertThat(one.descriptor().size()).isLessThan(content.length / 2);
        assertThat(one.descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_GZIP);
    }

    @Test
    void writesOneGzipMemberWithoutTimeOrName() throws IOException {
        byte[] content = text(3_000_000);
        List<LayerEntry> entries = List.of(LayerEntry.RegularFile.of("text", Attributes.of(0644), content));

        Layer layer = new LayerWriter(GZIP).write(entries, directory.resolve("layer"));

        byte[] stored = all(layer.content().open());
        assertThat(Digest.of(stored)).isEqualTo(layer.descriptor().digest());
        assertThat(stored).hasSize(Math.toIntExact(layer.descriptor().size()));
        assertThat(stored).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
        Inflater inflater = new Inflater(true);
        inflater.setInput(stored, 10, stored.length - 10);
        byte[] plain = new byte[content.length + 4096];
        int size = inflate(inflater, plain);
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).as("only the trailer follows").isEqualTo(8);
        assertThat(Digest.of(Arrays.copyOf(plain, size))).isEqualTo(layer.diffId());
        byte[] unzipped = all(new GZIPInputStream(new ByteArrayInputStream(stored)));
        assertThat(Digest.of(unzipped)).isEqualTo(layer.diffId());
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void takesALayerWithoutEntries(Compression compression) throws IOException {
        Layer layer = new LayerWriter(PLAIN.withCompression(compression)).write(List.of(), directory.resolve("layer"));

        assertThat(layer.diffId()).isEqualTo(Digest.of(new byte[1024]));
        assertThat(read(layer)).isEmpty();
    }

    @Test
    void doesNotCompressWhatIsCompressedAlready() throws IOException {
        byte[] jar = new byte[3_000_000];
        new Random(1).nextBytes(jar);
        List<LayerEntry> entries = List.of(
                LayerEntry.RegularFile.of("app.jar", Attributes.of(0644), jar),
                LayerEntry.RegularFile.of("run.sh", Attributes.of(0755), text(2000)));

        Layer layer =
                new LayerWriter(PLAIN.withCompression(Compression.AUTO)).write(entries, directory.resolve("layer"));

        long plain = new LayerWriter(PLAIN)
                .write(entries, directory.resolve("plain"))
                .descriptor()
                .size();
        assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_GZIP);
        assertThat(layer.descriptor().size()).isBetween(plain, plain + plain / 10_000 + 100);
        assertThat(Digest.of(all(new GZIPInputStream(layer.content().open())))).isEqualTo(layer.diffId());
    }

    @Test
    void compressesWhatIsWorthIt() throws IOException {
        List<LayerEntry> entries = List.of(LayerEntry.RegularFile.of("text", Attributes.of(0644), text(3_000_000)));

        Layer layer =
                new LayerWriter(PLAIN.withCompression(Compression.AUTO)).write(entries, directory.resolve("layer"));

        assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_GZIP);
        assertThat(layer.descriptor().size()).isLessThan(1_000_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "STORED"})
    void preparesAnUncompressedLayerWithoutAFile(Compression compression) throws IOException {
        List<LayerEntry> entries = List.of(
                LayerEntry.RegularFile.of("a", Attributes.of(0644), bytes("a")),
                LayerEntry.RegularFile.of("b", Attributes.of(0644), text(200_000)));
        Path file = directory.resolve("not-needed");
        LayerWriter writer = new LayerWriter(PLAIN.withCompression(compression));

        LayerStream prepared = (LayerStream) writer.prepare(entries, file);

        byte[] content = all(prepared.open());
        assertThat(file).doesNotExist();
        assertThat(content).hasSize((int) prepared.size());
        assertThat(all(prepared.open())).isEqualTo(content);
        Layer written = writer.write(entries, file);
        assertThat(Descriptor.of(prepared.mediaType(), content)).isEqualTo(written.descriptor());
        assertThat(prepared.diffId()).isEqualTo(written.diffId());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535 - 2048, 65_535 - 2047, 131_070 - 2048, 131_070})
    void knowsTheSizeOfAnUncompressedLayerBefore(int size) throws IOException {
        List<LayerEntry> entries = List.of(
                LayerEntry.RegularFile.of("x".repeat(300), Attributes.of(0644), text(size)),
                new LayerEntry.SymbolicLink("link", Attributes.of(0777), "x".repeat(300)));

        for (Compression compression : List.of(Compression.NONE, Compression.STORED)) {
            LayerStream prepared = (LayerStream)
                    new LayerWriter(PLAIN.withCompression(compression)).prepare(entries, directory.resolve("unused"));

            assertThat(all(prepared.open())).hasSize((int) prepared.size());
        }
    }

    @Test
    void refusesTwoEntriesOfOnePath() {
        List<LayerEntry> entries = List.of(
                LayerEntry.RegularFile.of("a", Attributes.of(0644), bytes("1")),
                new LayerEntry.Directory("a", Attributes.of(0755)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerWriter(PLAIN).write(entries, directory.resolve("layer")))
                .withMessageContaining("'a'");
    }

    @Test
    void refusesAHardLinkWithoutATarget() {
        List<LayerEntry> entries = List.of(new LayerEntry.HardLink("a", Attributes.of(0644), "b"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerWriter(PLAIN).write(entries, directory.resolve("layer")))
                .withMessageContaining("'b'");
    }

    @Test
    void refusesContentOfAnotherLengthThanSaid() {
        LayerEntry longer = new LayerEntry.RegularFile("a", Attributes.of(0644), 2, BlobSource.of(bytes("123")));
        LayerEntry shorter = new LayerEntry.RegularFile("a", Attributes.of(0644), 4, BlobSource.of(bytes("123")));

        assertThatThrownBy(() -> new LayerWriter(PLAIN).write(List.of(longer), directory.resolve("layer")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'a' is longer");
        assertThatThrownBy(() -> new LayerWriter(PLAIN).write(List.of(shorter), directory.resolve("layer")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'a' is 1 bytes shorter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc", "a/../b", "./a", "a//b", "a/"})
    void refusesPathsThatAreNotRelativeToTheRoot(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerEntry.Directory(path, Attributes.of(0755)))
                .withMessageContaining("'" + path + "'");
    }

    private static List<TarArchiveEntry> read(Layer layer) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        boolean gzip = layer.descriptor().mediaType().equals(MediaTypes.LAYER_GZIP);
        try (InputStream stored = layer.content().open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(gzip ? new GZIPInputStream(stored) : stored, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static int inflate(Inflater inflater, byte[] into) {
        try {
            return inflater.inflate(into);
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] all(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] text(int size) {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append("line ").append(random.nextInt(1000)).append(" of a log\n");
        }
        return Arrays.copyOf(bytes(text.toString()), size);
    }
}
