package dev.slipway.sbom.rpm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * RPM's own form of a database ({@code rpm/lib/backend/ndb/rpmpkg.c}): pages of slots, which say in which blocks of 16 bytes a
 * header lies.
 */
final class NdbPackages {
    private static final int PAGE = 4096;
    private static final int SLOT = 16;
    private static final int BLOCK = 16;
    private static final int MOST_PAGES = 2048;
    private static final int FILE_MAGIC = magic("RpmP");
    private static final int SLOT_MAGIC = magic("Slot");
    private static final int BLOB_MAGIC = magic("BlbS");

    private NdbPackages() {}

    static void blobs(FileChannel file, RpmDatabase.Headers headers) throws IOException {
        ByteBuffer start = read(file, 0, 32);
        int pages = start.getInt(12);
        if (start.getInt(0) != FILE_MAGIC || start.getInt(4) != 0 || pages < 1 || pages > MOST_PAGES) {
            throw new IOException("it is no RPM database of the form ndb, version 0");
        }
        for (int page = 0; page < pages; page++) {
            ByteBuffer slots = read(file, (long) page * PAGE, PAGE);
            for (int at = page == 0 ? 2 * SLOT : 0; at < PAGE; at += SLOT) {
                if (slots.getInt(at) != SLOT_MAGIC) {
                    throw new IOException("a slot of the RPM database is broken");
                }
                if (slots.getInt(at + 4) != 0) {
                    blob(file, slots.getInt(at + 4), Integer.toUnsignedLong(slots.getInt(at + 8)) * BLOCK, headers);
                }
            }
        }
    }

    private static void blob(FileChannel file, int index, long position, RpmDatabase.Headers headers)
            throws IOException {
        ByteBuffer start = read(file, position, BLOCK);
        if (start.getInt(0) != BLOB_MAGIC || start.getInt(4) != index) {
            throw new IOException("package %d of the RPM database is broken".formatted(index));
        }
        ByteBuffer content = read(file, position + BLOCK, Integer.toUnsignedLong(start.getInt(12)));
        byte[] header = new byte[content.remaining()];
        content.get(header);
        headers.take(header);
    }

    private static ByteBuffer read(FileChannel file, long position, long length) throws IOException {
        return Pages.read(file, position, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int magic(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }
}
