package dev.slipway.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

class LayerPropertyTest {

    @Property(tries = 60)
    void everyReaderFindsWhatWasWritten(@ForAll("entries") List<LayerEntry> entries, @ForAll Compression compression)
            throws IOException {
        Path file = Files.createTempFile("layer", ".tar");
        try {
            Layer layer = new LayerWriter(LayerOptions.DEFAULT.withCompression(compression)).write(entries, file);

            byte[] stored = Files.readAllBytes(file);
            assertThat(Digest.of(stored)).isEqualTo(layer.descriptor().digest());
            byte[] plain = layer.descriptor().mediaType().equals(MediaTypes.LAYER_GZIP)
                    ? new GZIPInputStream(new ByteArrayInputStream(stored)).readAllBytes()
                    : stored;
            assertThat(Digest.of(plain)).isEqualTo(layer.diffId());
            assertThat(contents(plain)).isEqualTo(contents(entries));
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 40)
    void theOrderOfTheEntriesDoesNotMatter(@ForAll("entries") List<LayerEntry> entries, @ForAll long seed)
            throws IOException {
        List<LayerEntry> shuffled = new ArrayList<>(entries);
        Collections.shuffle(shuffled, new Random(seed));
        LayerWriter writer = new LayerWriter(LayerOptions.DEFAULT.withCompression(Compression.NONE));
        Path unused = Path.of("unused");

        assertThat(content(writer.prepare(shuffled, unused))).isEqualTo(content(writer.prepare(entries, unused)));
    }

    private static byte[] content(PreparedLayer layer) throws IOException {
        try (InputStream in = ((LayerStream) layer).open()) {
            return in.readAllBytes();
        }
    }

    @Property(tries = 25)
    void theThreadsAndTheSizeOfTheWritesDoNotMatter(
            @ForAll @IntRange(max = 3_500_000) int size,
            @ForAll @IntRange(min = 1, max = 5) int threads,
            @ForAll @IntRange(min = 1, max = 700_000) int piece)
            throws IOException {
        byte[] content = content(size);

        byte[] one = gzip(content, 1, content.length + 1);
        byte[] many = gzip(content, threads, piece);

        assertThat(Digest.of(many)).isEqualTo(Digest.of(one));
        assertThat(Digest.of(new GZIPInputStream(new ByteArrayInputStream(one)).readAllBytes()))
                .isEqualTo(Digest.of(content));
    }

    @Provide
    Arbitrary<List<LayerEntry>> entries() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("aZ0-_. ü日")
                .ofMinLength(1)
                .ofMaxLength(60)
                .filter(name -> !name.equals(".") && !name.equals(".."));
        Arbitrary<String> paths = names.list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("/", parts));
        Arbitrary<Attributes> attributes = Combinators.combine(
                        Arbitraries.integers().between(0, 07777),
                        Arbitraries.of(0, 1000, 65532, 2_097_151, 2_097_152, Integer.MAX_VALUE),
                        Arbitraries.of(0, 65532, 2_097_152))
                .as(Attributes::new);
        Arbitrary<Integer> sizes = Arbitraries.of(0, 1, 511, 512, 513, 5000);
        Arbitrary<LayerEntry> files = Combinators.combine(paths, attributes, sizes)
                .as((path, attribute, size) -> LayerEntry.RegularFile.of(path, attribute, content(size)));
        Arbitrary<LayerEntry> directories =
                Combinators.combine(paths, attributes).as(LayerEntry.Directory::new);
        Arbitrary<LayerEntry> links = Combinators.combine(paths, attributes, paths)
                .as((path, attribute, target) -> new LayerEntry.SymbolicLink(path, attribute, "../" + target));
        return Arbitraries.oneOf(files, directories, links).list().ofMaxSize(12).uniqueElements(LayerEntry::path);
    }

    private static Map<String, String> contents(List<LayerEntry> entries) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        for (LayerEntry entry : entries) {
            Attributes a = entry.attributes();
            String what = switch (entry) {
                case LayerEntry.Directory directory -> "directory";
                case LayerEntry.RegularFile file -> digest(file.content().open());
                case LayerEntry.SymbolicLink link -> "link to " + link.target();
                case LayerEntry.HardLink link -> "name of " + link.target();
            };
            contents.put(entry.path(), "%o %d:%d %s".formatted(a.mode(), a.uid(), a.gid(), what));
        }
        return contents;
    }

    private static Map<String, String> contents(byte[] tar) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String what = entry.isDirectory()
                        ? "directory"
                        : entry.isSymbolicLink() ? "link to " + entry.getLinkName() : digest(in);
                String path = entry.getName().replaceFirst("/$", "");
                contents.put(
                        path,
                        "%o %d:%d %s"
                                .formatted(
                                        entry.getMode() & 07777, entry.getLongUserId(), entry.getLongGroupId(), what));
            }
        }
        return contents;
    }

    private static String digest(InputStream content) throws IOException {
        return Digest.of(content.readAllBytes()).value();
    }

    private static byte[] gzip(byte[] content, int threads, int piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParallelGzip gzip = new ParallelGzip(out, 1, threads)) {
            for (int at = 0; at < content.length; at += piece) {
                gzip.write(content, at, Math.min(piece, content.length - at));
            }
            gzip.finish();
        }
        return out.toByteArray();
    }

    /** Half of it compresses. */
    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        for (int i = 0; i < size; i++) {
            content[i] = (i >> 10) % 2 == 0 ? content[i] : (byte) (i % 7);
        }
        return content;
    }
}
