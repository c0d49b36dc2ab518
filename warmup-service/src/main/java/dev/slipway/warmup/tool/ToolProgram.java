package dev.slipway.warmup.tool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * A Linux program (ELF, static) that needs nothing but a kernel. With a path as its argument it writes itself there, and in
 * any case it ends with 0, or with 1 where it could not. As an init container it so comes into a directory that a container
 * without a single program of its own can run it from.
 */
final class ToolProgram {
    private static final int ADDRESS = 0x400000;
    private static final int HEADERS = 64 + 56;
    private static final int CODE = 96;
    private static final int SIZE = HEADERS + CODE;
    /** Kernels for arm64 may have pages of 64 KiB. */
    private static final int ALIGNMENT = 0x10000;

    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;
    private static final int CREATE_AND_WRITE = 0x241;
    private static final int EXECUTABLE = 0755;

    private ToolProgram() {}

    /** The programs by the architecture's name in image configs. */
    static Map<String, byte[]> byArchitecture() {
        return Map.of("amd64", amd64(), "arm64", arm64());
    }

    private static byte[] amd64() {
        ByteBuffer code = code();
        bytes(code, 0x48, 0x83, 0x3c, 0x24, 2); // the number of arguments against 2
        bytes(code, 0x7c, 52); // less: to the good end
        bytes(code, 0x48, 0x8b, 0x7c, 0x24, 16); // rdi: the path
        load(code, 0xbe, CREATE_AND_WRITE); // esi
        load(code, 0xba, EXECUTABLE); // edx
        load(code, 0xb8, 2); // open
        bytes(code, 0x0f, 0x05);
        bytes(code, 0x85, 0xc0);
        bytes(code, 0x78, 30); // negative: to the bad end
        bytes(code, 0x89, 0xc7); // edi: the file
        load(code, 0xbe, ADDRESS);
        load(code, 0xba, SIZE);
        load(code, 0xb8, 1); // write
        bytes(code, 0x0f, 0x05);
        load(code, 0x3d, SIZE);
        bytes(code, 0x75, 4); // not all: to the bad end
        bytes(code, 0x31, 0xff); // good: 0
        bytes(code, 0xeb, 5);
        load(code, 0xbf, 1); // bad: 1
        load(code, 0xb8, 60); // exit
        bytes(code, 0x0f, 0x05);
        return elf(X86_64, code);
    }

    private static byte[] arm64() {
        ByteBuffer code = code();
        code.putInt(0xf94003e1); // x1: the number of arguments
        code.putInt(0xf100083f); // against 2
        code.putInt(0x5400000b | (15 << 5)); // less: to the good end
        code.putInt(0x92800c60); // x0: the working directory
        code.putInt(0xf9400be1); // x1: the path
        move(code, 2, CREATE_AND_WRITE);
        move(code, 3, EXECUTABLE);
        move(code, 8, 56); // openat
        supervisor(code);
        code.putInt(0x7100001f); // w0 against 0
        code.putInt(0x5400000b | (9 << 5)); // less: to the bad end
        code.putInt(0xd2a00000 | ((ADDRESS >>> 16) << 5) | 1); // x1, of whose address the lower half is zero
        move(code, 2, SIZE);
        move(code, 8, 64); // write
        supervisor(code);
        code.putInt(0xeb02001f); // x0 against x2
        code.putInt(0x54000001 | (3 << 5)); // not all: to the bad end
        move(code, 0, 0);
        code.putInt(0x14000002);
        move(code, 0, 1);
        move(code, 8, 93); // exit
        supervisor(code);
        return elf(AARCH64, code);
    }

    private static ByteBuffer code() {
        return ByteBuffer.allocate(CODE).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void bytes(ByteBuffer code, int... values) {
        for (int value : values) {
            code.put((byte) value);
        }
    }

    private static void load(ByteBuffer code, int opcode, int value) {
        code.put((byte) opcode).putInt(value);
    }

    private static void move(ByteBuffer code, int register, int value) {
        code.putInt(0xd2800000 | (value << 5) | register);
    }

    private static void supervisor(ByteBuffer code) {
        code.putInt(0xd4000001);
    }

    /** One segment that holds the whole file, so that the program finds itself in its memory. */
    private static byte[] elf(int machine, ByteBuffer code) {
        byte[] file = new byte[SIZE];
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0})
                .putShort((short) 2)
                .putShort((short) machine)
                .putInt(1)
                .putLong(ADDRESS + HEADERS)
                .putLong(64)
                .putLong(0)
                .putInt(0)
                .putShort((short) 64)
                .putShort((short) 56)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(1)
                .putInt(5)
                .putLong(0)
                .putLong(ADDRESS)
                .putLong(ADDRESS)
                .putLong(SIZE)
                .putLong(SIZE)
                .putLong(ALIGNMENT)
                .put(code.clear());
        return file;
    }
}
