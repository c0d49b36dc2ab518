package dev.slipway.sbom.language;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.Ecosystem;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What Go's linker writes into programs ({@code debug/buildinfo}): the modules that went into them. It is searched for, at the
 * places where it can be, while the file goes by; so any other file may come here too.
 */
public final class GoBinary implements Cataloguer {
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(ISO_8859_1);
    private static final int ALIGNED = 16;
    private static final int HEADER = 32;
    private static final int INLINE = 2;
    private static final int LONGEST = 4 * 1024 * 1024;
    /** Around the modules, so that they can be found in a memory image. */
    private static final int GUARD = 16;

    @Override
    public boolean wants(String path) {
        return true;
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        if (file.size() < 2 * HEADER) {
            return new Evidence.Nothing();
        }
        byte[] block = new byte[64 * 1024];
        DataInputStream in = new DataInputStream(file.content());
        int length = in.readNBytes(block, 0, block.length);
        if (length < ELF.length || !Arrays.equals(block, 0, ELF.length, ELF, 0, ELF.length)) {
            return new Evidence.Nothing();
        }
        Evidence old = new Evidence.Nothing();
        while (length > 0) {
            for (int at = 0; at + MAGIC.length + 2 <= length; at += ALIGNED) {
                if (block[at] == MAGIC[0] && Arrays.equals(block, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
                    if ((block[at + MAGIC.length + 1] & INLINE) == 0) {
                        old = new Evidence.Unread("build information as Go wrote it before 1.18 is not read");
                    } else {
                        return inline(new Following(block, at + HEADER, length, in));
                    }
                }
            }
            length = in.readNBytes(block, 0, block.length);
        }
        return old;
    }

    private static Evidence inline(Following bytes) throws IOException {
        String version = bytes.text();
        byte[] guarded = bytes.chunk();
        if (guarded.length < 2 * GUARD) {
            return Evidence.Packages.of(List.of(runtime(version)));
        }
        String modules = new String(guarded, GUARD, guarded.length - 2 * GUARD, UTF_8);
        List<Component> components = new ArrayList<>();
        components.add(runtime(version));
        for (String line : modules.split("\n", -1)) {
            String[] fields = line.split("\t", -1);
            if (fields.length >= 3 && fields[0].equals("=>") && components.size() > 1) {
                components.removeLast();
            }
            if (fields.length >= 3 && List.of("mod", "dep", "=>").contains(fields[0])) {
                module(fields[1], fields[2]).ifPresent(components::add);
            }
        }
        return Evidence.Packages.of(components);
    }

    /** {@code go1.24.1 X:nocoverageredesign} is version 1.24.1 of the standard library. */
    private static Component runtime(String version) {
        String plain = version.split(" ", 2)[0];
        return Component.of(Ecosystem.GOLANG, "", "stdlib", plain.startsWith("go") ? plain.substring(2) : plain)
                .withLicenses(List.of("BSD-3-Clause"));
    }

    private static Optional<Component> module(String path, String version) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        return name.isBlank()
                ? Optional.empty()
                : Optional.of(Component.of(
                        Ecosystem.GOLANG,
                        path.substring(0, Math.max(0, slash)),
                        name,
                        version.equals("(devel)") ? "" : version));
    }

    /** Bytes from a place in a block on, and on behind it. */
    private static final class Following {
        private final byte[] block;
        private int at;
        private final int end;
        private final DataInputStream rest;

        Following(byte[] block, int at, int end, DataInputStream rest) {
            this.block = block;
            this.at = at;
            this.end = end;
            this.rest = rest;
        }

        private int next() throws IOException {
            return at < end ? block[at++] & 0xff : rest.readUnsignedByte();
        }

        /** A length ({@code binary.Uvarint}) and so many bytes. */
        byte[] chunk() throws IOException {
            long length = 0;
            int part;
            int shift = 0;
            do {
                part = next();
                length |= (long) (part & 0x7f) << shift;
                shift += 7;
            } while (part >= 0x80 && shift < 35);
            if (length > LONGEST) {
                throw new EOFException("Go's build information of %d bytes is not read".formatted(length));
            }
            byte[] bytes = new byte[(int) length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) next();
            }
            return bytes;
        }

        String text() throws IOException {
            return new String(chunk(), UTF_8);
        }
    }
}
