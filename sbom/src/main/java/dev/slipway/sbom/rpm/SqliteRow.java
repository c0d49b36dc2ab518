package dev.slipway.sbom.rpm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The columns of a row ("Record Format"). */
final class SqliteRow {
    private final ByteBuffer row;
    private final long[] types;
    private final int[] offsets;

    private SqliteRow(ByteBuffer row, long[] types, int[] offsets) {
        this.row = row;
        this.types = types;
        this.offsets = offsets;
    }

    static SqliteRow of(ByteBuffer row) {
        int end = (int) varint(row);
        List<Long> types = new ArrayList<>();
        while (row.position() < end) {
            types.add(varint(row));
        }
        int[] offsets = new int[types.size() + 1];
        offsets[0] = end;
        for (int i = 0; i < types.size(); i++) {
            offsets[i + 1] = Math.addExact(offsets[i], length(types.get(i)));
        }
        return new SqliteRow(row, types.stream().mapToLong(Long::longValue).toArray(), offsets);
    }

    int count() {
        return types.length;
    }

    byte[] bytes(int column) {
        byte[] value = new byte[offsets[column + 1] - offsets[column]];
        row.get(offsets[column], value);
        return value;
    }

    String text(int column) {
        return new String(bytes(column), UTF_8);
    }

    long integer(int column) {
        if (types[column] == 9) {
            return 1;
        }
        long value = 0;
        for (byte part : bytes(column)) {
            value = value << 8 | Byte.toUnsignedLong(part);
        }
        return value;
    }

    private static int length(long type) {
        return switch ((int) Math.min(type, 12)) {
            case 0, 8, 9, 10, 11 -> 0;
            case 1, 2, 3, 4 -> (int) type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> Math.toIntExact((type - 12) / 2);
        };
    }

    static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte next = bytes.get();
            value = value << 7 | (next & 0x7f);
            if (next >= 0) {
                return value;
            }
        }
        return value << 8 | Byte.toUnsignedLong(bytes.get());
    }
}
