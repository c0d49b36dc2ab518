package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A Linux program (ELF, static) that needs nothing but a kernel: it writes the name of its architecture into {@code /made} and
 * prints it. So images with RUN can be built where no registry can be reached.
 */
final class TinyProgram {
    private static final int ADDRESS = 0x400000;
    private static final int HEADERS = 64 + 56;
    private static final int CODE = 100;
    private static final int PATH = ADDRESS + HEADERS + CODE;
    private static final int TEXT = PATH + 8;
    private static final int LENGTH = 6;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;
    private static final int SVC = 0xd4000001;

    private TinyProgram() {}

    static byte[] amd64() {
        ByteBuffer code = code();
        load(code, 0xb8, 85); // eax: creat
        load(code, 0xbf, PATH); // edi
        load(code, 0xbe, 0644); // esi
        syscall(code);
        code.put((byte) 0x89).put((byte) 0xc7); // edi = eax
        load(code, 0xb8, 1); // write
        load(code, 0xbe, TEXT);
        load(code, 0xba, LENGTH); // edx
        syscall(code);
        load(code, 0xb8, 1);
        load(code, 0xbf, 1);
        syscall(code);
        load(code, 0xb8, 60); // exit
        load(code, 0xbf, 0);
        syscall(code);
        return elf(X86_64, code, "amd64\n");
    }

    static byte[] arm64() {
        ByteBuffer code = code();
        code.putInt(0x92800000 | (99 << 5)); // x0: the working directory
        move(code, 1, PATH);
        move(code, 2, 0x241); // create, truncate, write
        move(code, 3, 0644);
        move(code, 8, 56); // openat
        code.putInt(SVC);
        move(code, 1, TEXT);
        move(code, 2, LENGTH);
        move(code, 8, 64); // write
        code.putInt(SVC);
        move(code, 0, 1);
        code.putInt(SVC);
        move(code, 0, 0);
        move(code, 8, 93); // exit
        code.putInt(SVC);
        return elf(AARCH64, code, "arm64\n");
    }

    private static ByteBuffer code() {
        return ByteBuffer.allocate(CODE).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void load(ByteBuffer code, int opcode, int value) {
        code.put((byte) opcode).putInt(value);
    }

    private static void syscall(ByteBuffer code) {
        code.put((byte) 0x0f).put((byte) 0x05);
    }

    private static void move(ByteBuffer code, int register, int value) {
        code.putInt(0xd2800000 | ((value & 0xffff) << 5) | register);
        if (value >>> 16 != 0) {
            code.putInt(0xf2a00000 | ((value >>> 16) << 5) | register);
        }
    }

    private static byte[] elf(int machine, ByteBuffer code, String text) {
        int size = HEADERS + CODE + 8 + LENGTH;
        byte[] file = new byte[size];
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
                .putLong(size)
                .putLong(size)
                .putLong(0x1000)
                .put(code.clear())
                .put("/made\0\0\0".getBytes(UTF_8))
                .put(text.getBytes(UTF_8));
        return file;
    }
}
