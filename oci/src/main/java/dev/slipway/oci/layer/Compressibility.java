package dev.slipway.oci.layer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Whether compressing a layer is worth the time, judged by samples of its largest files: a jar or a picture is compressed
 * already. The same content is always judged the same.
 */
final class Compressibility {
    private static final int FILES = 16;
    private static final int SAMPLE = 32 * 1024;
    private static final long SAMPLED_IN_MIDDLE_TOO = 512 * 1024;
    /** What must go away at least, in percent of the size. */
    private static final int WORTHWHILE = 10;

    private Compressibility() {}

    static boolean isWorthwhile(List<LayerEntry> entries) throws IOException {
        List<LayerEntry.RegularFile> files = new ArrayList<>();
        long total = 0;
        for (LayerEntry entry : entries) {
            total += TarHeader.BLOCK;
            if (entry instanceof LayerEntry.RegularFile file) {
                files.add(file);
                total += file.size();
            }
        }
        files.sort(Comparator.comparingLong(LayerEntry.RegularFile::size)
                .reversed()
                .thenComparing(LayerEntry.RegularFile::path));
        double saved = 0;
        long judged = 0;
        for (LayerEntry.RegularFile file : files.subList(0, Math.min(FILES, files.size()))) {
            saved += saving(file) * file.size();
            judged += file.size();
        }
        if (judged == 0) {
            return true;
        }
        // what was not looked at is small files and headers, and those compress
        double rest = (total - judged) * 0.6;
        return (saved + rest) * 100 >= (double) WORTHWHILE * total;
    }

    /** The part of a file that compression would take away, 0 to 1. */
    private static double saving(LayerEntry.RegularFile file) throws IOException {
        List<byte[]> samples = new ArrayList<>();
        samples.add(file.content().part(0, SAMPLE));
        if (file.size() >= SAMPLED_IN_MIDDLE_TOO) {
            samples.add(file.content().part(file.size() / 2, SAMPLE));
        }
        long before = 0;
        long after = 0;
        for (byte[] sample : samples) {
            before += sample.length;
            after += compressedSize(sample);
        }
        return before == 0 ? 0 : Math.max(0, (double) (before - after) / before);
    }

    private static int compressedSize(byte[] sample) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(sample);
            deflater.finish();
            byte[] buffer = new byte[SAMPLE];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(buffer);
            }
            return size;
        } finally {
            deflater.end();
        }
    }
}
