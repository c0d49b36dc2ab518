package dev.slipway.sbom.rpm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The blobs of the table {@code Packages} of an SQLite database ("Database File Format", sections 1.3, 1.6 and 2): as much of
 * that format as RPM's databases have.
 */
final class SqliteTable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);
    private static final String TABLE = "Packages";
    private static final int INTERIOR = 5;
    private static final int LEAF = 13;
    /** The largest possible table has fewer levels. */
    private static final int DEEPEST = 20;

    private final FileChannel file;
    private final int pageSize;
    private final int usable;
    private final Set<Long> seen = new HashSet<>();

    private SqliteTable(FileChannel file, int pageSize, int usable) {
        this.file = file;
        this.pageSize = pageSize;
        this.usable = usable;
    }

    /** A record of a table: the types of its columns and where their values begin. */
    @FunctionalInterface
    private interface Rows {
        void take(ByteBuffer row) throws IOException;
    }

    static void blobs(FileChannel file, RpmDatabase.Headers headers) throws IOException {
        ByteBuffer start = Pages.read(file, 0, 100);
        byte[] magic = new byte[MAGIC.length];
        start.get(0, magic);
        int size = Short.toUnsignedInt(start.getShort(16));
        int pageSize = size == 1 ? 65536 : size;
        int usable = pageSize - Byte.toUnsignedInt(start.get(20));
        if (!Arrays.equals(magic, MAGIC) || pageSize < 512 || usable < 480) {
            throw new IOException("it is no SQLite database");
        }
        long[] root = {0};
        new SqliteTable(file, pageSize, usable).walk(1, 0, row -> {
            SqliteRow columns = SqliteRow.of(row);
            if (columns.count() >= 4
                    && columns.text(0).equals("table")
                    && columns.text(1).equals(TABLE)) {
                root[0] = columns.integer(3);
            }
        });
        if (root[0] == 0) {
            throw new IOException("the SQLite database has no table '%s'".formatted(TABLE));
        }
        new SqliteTable(file, pageSize, usable)
                .walk(root[0], 0, row -> headers.take(SqliteRow.of(row).bytes(1)));
    }

    private void walk(long page, int depth, Rows rows) throws IOException {
        if (!seen.add(page) || depth > DEEPEST) {
            throw new IOException("the pages of the SQLite database are no tree at page %d".formatted(page));
        }
        ByteBuffer bytes = page(page);
        int header = page == 1 ? 100 : 0;
        int type = bytes.get(header);
        int cells = Short.toUnsignedInt(bytes.getShort(header + 3));
        if (type != INTERIOR && type != LEAF) {
            throw new IOException("page %d of the SQLite database is no page of a table".formatted(page));
        }
        int pointers = header + (type == LEAF ? 8 : 12);
        for (int i = 0; i < cells; i++) {
            int cell = Short.toUnsignedInt(bytes.getShort(pointers + 2 * i));
            if (type == LEAF) {
                rows.take(row(bytes.position(cell)));
            } else {
                walk(Integer.toUnsignedLong(bytes.getInt(cell)), depth + 1, rows);
            }
        }
        if (type == INTERIOR) {
            walk(Integer.toUnsignedLong(bytes.getInt(header + 8)), depth + 1, rows);
        }
    }

    private ByteBuffer page(long number) throws IOException {
        return Pages.read(file, (number - 1) * pageSize, pageSize);
    }

    /** The payload of a cell, put together from the pages that it overflows into. */
    private ByteBuffer row(ByteBuffer cell) throws IOException {
        long length = SqliteRow.varint(cell);
        SqliteRow.varint(cell);
        if (length < 0 || length > Pages.LARGEST) {
            throw new IOException("a row of the SQLite database has %d bytes".formatted(length));
        }
        int local = local((int) length);
        ByteBuffer row = ByteBuffer.allocate((int) length);
        row.put(cell.slice(cell.position(), local));
        long next = local == length ? 0 : Integer.toUnsignedLong(cell.getInt(cell.position() + local));
        while (row.hasRemaining()) {
            ByteBuffer overflow = page(next);
            next = Integer.toUnsignedLong(overflow.getInt(0));
            row.put(overflow.slice(4, Math.min(row.remaining(), usable - 4)));
        }
        return row.flip();
    }

    /** How much of a payload lies in the cell itself. */
    private int local(int length) {
        int most = usable - 35;
        if (length <= most) {
            return length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int fitting = least + (length - least) % (usable - 4);
        return fitting <= most ? fitting : least;
    }
}
