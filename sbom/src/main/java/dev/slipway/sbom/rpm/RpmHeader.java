package dev.slipway.sbom.rpm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.Ecosystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The header of an installed package ({@code rpm/docs/manual/hregions.md}): numbers of entries and of bytes, then entries of tag,
 * type, offset and count, then the bytes.
 */
final class RpmHeader {
    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int EPOCH = 1003;
    private static final int LICENSE = 1014;
    private static final int ARCH = 1022;
    private static final int SOURCE = 1044;
    private static final Set<Integer> TEXTS = Set.of(NAME, VERSION, RELEASE, LICENSE, ARCH, SOURCE);
    private static final int STRING = 6;
    private static final int INT32 = 4;
    private static final int ENTRY = 16;
    /** Keys that somebody trusts are kept as packages of this name. */
    private static final String KEY = "gpg-pubkey";

    private RpmHeader() {}

    /** The package; empty for keys. */
    static Optional<Component> component(byte[] header) throws IOException {
        Map<Integer, String> values = values(ByteBuffer.wrap(header));
        String name = values.getOrDefault(NAME, "");
        if (name.isEmpty()) {
            throw new IOException("a package of the RPM database has no name");
        }
        if (name.equals(KEY)) {
            return Optional.empty();
        }
        String version = values.getOrDefault(VERSION, "") + "-" + values.getOrDefault(RELEASE, "");
        return Optional.of(Component.of(Ecosystem.RPM, "", name, version)
                .withQualifier("arch", values.getOrDefault(ARCH, ""))
                .withQualifier("epoch", values.getOrDefault(EPOCH, ""))
                .withQualifier("upstream", values.getOrDefault(SOURCE, ""))
                .withLicenses(List.of(values.getOrDefault(LICENSE, ""))));
    }

    private static Map<Integer, String> values(ByteBuffer header) throws IOException {
        int entries = header.remaining() < 8 ? -1 : header.getInt(0);
        long data = 8 + (long) entries * ENTRY;
        if (entries < 0 || data > header.limit()) {
            throw new IOException("a header of the RPM database is broken");
        }
        Map<Integer, String> values = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            int entry = 8 + i * ENTRY;
            int tag = header.getInt(entry);
            int type = header.getInt(entry + 4);
            long at = data + Integer.toUnsignedLong(header.getInt(entry + 8));
            if (type == STRING && TEXTS.contains(tag)) {
                values.put(tag, text(header, at));
            } else if (type == INT32 && tag == EPOCH && at + 4 <= header.limit()) {
                values.put(tag, Integer.toUnsignedString(header.getInt((int) at)));
            }
        }
        return values;
    }

    private static String text(ByteBuffer header, long at) throws IOException {
        long end = at;
        while (end < header.limit() && header.get((int) end) != 0) {
            end++;
        }
        if (end >= header.limit()) {
            throw new IOException("a text in a header of the RPM database has no end");
        }
        byte[] text = new byte[(int) (end - at)];
        header.get((int) at, text);
        return new String(text, UTF_8);
    }
}
