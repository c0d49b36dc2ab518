package dev.slipway.oci.layer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Headers of POSIX.1-2001's tar: ustar, with a PAX header before it where a value does not fit or is not ASCII. */
final class TarHeader {
    static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    private static final long LARGEST_SIZE = 077777777777L;
    private static final int LARGEST_ID = 07777777;

    private TarHeader() {}

    /** All header blocks of an entry. */
    static byte[] of(LayerEntry entry, Instant time) {
        return switch (entry) {
            case LayerEntry.Directory directory -> blocks(directory, directory.path() + "/", '5', "", 0, time);
            case LayerEntry.RegularFile file -> blocks(file, file.path(), '0', "", file.size(), time);
            case LayerEntry.SymbolicLink link -> blocks(link, link.path(), '2', link.target(), 0, time);
            case LayerEntry.HardLink link -> blocks(link, link.path(), '1', link.target(), 0, time);
        };
    }

    /** The zeros that fill the last block of a content. */
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    private static byte[] blocks(LayerEntry entry, String name, char type, String target, long size, Instant time) {
        Attributes attributes = entry.attributes();
        byte[] pax = paxRecords(name, target, size, attributes);
        byte[] header = block(ascii(name), type, ascii(target), size, attributes, time);
        if (pax.length == 0) {
            return header;
        }
        byte[] paxHeader =
                block(ascii("PaxHeaders.0/" + name), 'x', new byte[0], pax.length, Attributes.of(0644), time);
        ByteArrayOutputStream all = new ByteArrayOutputStream(3 * BLOCK + pax.length);
        all.writeBytes(paxHeader);
        all.writeBytes(pax);
        all.writeBytes(new byte[padding(pax.length)]);
        all.writeBytes(header);
        return all.toByteArray();
    }

    private static byte[] paxRecords(String name, String target, long size, Attributes attributes) {
        StringBuilder records = new StringBuilder();
        if (attributes.gid() > LARGEST_ID) {
            append(records, "gid", Integer.toString(attributes.gid()));
        }
        if (!fits(target)) {
            append(records, "linkpath", target);
        }
        if (!fits(name)) {
            append(records, "path", name);
        }
        if (size > LARGEST_SIZE) {
            append(records, "size", Long.toString(size));
        }
        if (attributes.uid() > LARGEST_ID) {
            append(records, "uid", Integer.toString(attributes.uid()));
        }
        return records.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code <length> <key>=<value>\n}, where the length counts itself. */
    private static void append(StringBuilder records, String key, String value) {
        int rest = 3 + key.length() + value.getBytes(StandardCharsets.UTF_8).length;
        int length = rest + Integer.toString(rest).length();
        if (Integer.toString(length).length() > Integer.toString(rest).length()) {
            length++;
        }
        records.append(length).append(' ').append(key).append('=').append(value).append('\n');
    }

    private static boolean fits(String text) {
        return text.length() <= LONGEST_NAME && text.chars().allMatch(c -> c < 0x80);
    }

    private static byte[] block(byte[] name, char type, byte[] target, long size, Attributes attributes, Instant time) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        octal(block, 100, 8, attributes.mode());
        octal(block, 108, 8, Math.min(attributes.uid(), LARGEST_ID));
        octal(block, 116, 8, Math.min(attributes.gid(), LARGEST_ID));
        octal(block, 124, 12, Math.min(size, LARGEST_SIZE));
        octal(block, 136, 12, time.getEpochSecond());
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        put(block, 157, target);
        put(block, 257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        octal(block, 329, 8, 0);
        octal(block, 337, 8, 0);
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, 148, 7, sum);
        return block;
    }

    private static void put(byte[] block, int at, byte[] text) {
        System.arraycopy(text, 0, block, at, Math.min(text.length, LONGEST_NAME));
    }

    /** Digits filled up with zeros, and a NUL. */
    private static void octal(byte[] block, int at, int length, long value) {
        long rest = value;
        for (int i = at + length - 2; i >= at; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>= 3;
        }
        block[at + length - 1] = 0;
    }

    /** For readers without PAX: what is not ASCII becomes an underscore. */
    private static byte[] ascii(String text) {
        return text.replaceAll("[^\\x00-\\x7f]", "_").getBytes(StandardCharsets.US_ASCII);
    }
}
