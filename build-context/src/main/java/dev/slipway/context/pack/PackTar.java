package dev.slipway.context.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes packs: POSIX tar (pax interchange format) with no times and owners, so that equal files give equal bytes. It is
 * written by hand because packing is on the command line's way, where every class that is not loaded counts.
 */
final class PackTar {
    static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final OutputStream out;

    PackTar(OutputStream out) {
        this.out = out;
    }

    void directory(String path, int mode) throws IOException {
        header(path + "/", '5', mode, 0, "");
    }

    void link(String path, String target) throws IOException {
        header(path, '2', 0777, 0, target);
    }

    /** Copies a file of exactly that size. Returns whether the content had it. */
    boolean file(String path, int mode, long size, InputStream content) throws IOException {
        header(path, '0', mode, size, "");
        byte[] buffer = new byte[16 * 1024];
        long left = size;
        while (left > 0) {
            int n = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                return false;
            }
            out.write(buffer, 0, n);
            left -= n;
        }
        pad(size);
        return content.read() < 0;
    }

    void end() throws IOException {
        out.write(ZEROS);
        out.write(ZEROS);
    }

    private void header(String path, char type, int mode, long size, String link) throws IOException {
        byte[] pathBytes = path.getBytes(UTF_8);
        byte[] linkBytes = link.getBytes(UTF_8);
        String records =
                (fits(pathBytes) ? "" : record("path", path)) + (fits(linkBytes) ? "" : record("linkpath", link));
        if (!records.isEmpty()) {
            byte[] extended = records.getBytes(UTF_8);
            out.write(block("PaxHeader".getBytes(US_ASCII), 'x', 0644, extended.length, new byte[0]));
            out.write(extended);
            pad(extended.length);
        }
        out.write(block(pathBytes, type, mode, size, linkBytes));
    }

    private static boolean fits(byte[] text) {
        if (text.length > NAME_BYTES) {
            return false;
        }
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code "<length> key=value\n"}, where the length counts its own digits. */
    private static String record(String key, String value) {
        int rest = key.length() + value.getBytes(UTF_8).length + 3;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        return length + " " + key + "=" + value + "\n";
    }

    private static byte[] block(byte[] name, char type, int mode, long size, byte[] link) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(name, 0, block, 0, Math.min(name.length, NAME_BYTES));
        octal(block, 100, 8, mode);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size);
        octal(block, 136, 12, 0);
        block[156] = (byte) type;
        System.arraycopy(link, 0, block, 157, Math.min(link.length, NAME_BYTES));
        put(block, 257, "ustar\00000");
        put(block, 148, "        ");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        String digits = Integer.toOctalString(sum);
        put(block, 148, "0".repeat(6 - digits.length()) + digits + "\0 ");
        return block;
    }

    private static void octal(byte[] block, int at, int width, long value) {
        String digits = Long.toOctalString(value);
        put(block, at, "0".repeat(width - 1 - digits.length()) + digits);
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private void pad(long size) throws IOException {
        int over = (int) (size % BLOCK);
        if (over > 0) {
            out.write(ZEROS, 0, BLOCK - over);
        }
    }
}
