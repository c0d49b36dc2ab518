package dev.slipway.context.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** What becomes one blob. */
sealed interface Unit {

    /** Files of this size and more are blobs of their own. RATIONALE.md has figures. */
    long LARGE = 256 * 1024;

    /** What a pack has at least before it may end, on average beyond that, and at most. */
    long PACK_MIN = 256 * 1024;

    long PACK_MEAN = 1024 * 1024;
    long PACK_MAX = 4 * 1024 * 1024;

    List<Node> nodes();

    record Single(Node file, boolean hidden) implements Unit {
        @Override
        public List<Node> nodes() {
            return List.of(file);
        }
    }

    record Pack(List<Node> nodes) implements Unit {
        public Pack {
            nodes = List.copyOf(nodes);
        }

        long bytes() {
            return nodes.stream().mapToLong(Unit::tarBytes).sum() + 2 * PackTar.BLOCK;
        }
    }

    /**
     * Cuts the nodes, which are in the order of their paths, into blobs. Where a pack ends depends on the hash of the path
     * there, so that a file that comes, goes or changes moves no cuts but those beside it.
     */
    static List<Unit> cut(List<Node> nodes) {
        List<Unit> units = new ArrayList<>();
        List<Node> pack = new ArrayList<>();
        long bytes = 0;
        for (Node node : nodes) {
            if (node.size() >= LARGE) {
                units.add(new Single(node, false));
                continue;
            }
            long more = tarBytes(node);
            if (bytes + more > PACK_MAX) {
                units.add(new Pack(pack));
                pack.clear();
                bytes = 0;
            }
            pack.add(node);
            bytes += more;
            if (bytes >= PACK_MIN && endsPack(node.path(), more)) {
                units.add(new Pack(pack));
                pack.clear();
                bytes = 0;
            }
        }
        if (!pack.isEmpty()) {
            units.add(new Pack(pack));
        }
        return units;
    }

    /** True for a share of all paths that grows with their bytes, so that packs have {@link #PACK_MEAN} on average. */
    private static boolean endsPack(String path, long bytes) {
        CRC32 crc = new CRC32();
        crc.update(path.getBytes(UTF_8));
        return crc.getValue() < bytes * (1L << 32) / PACK_MEAN;
    }

    private static long tarBytes(Node node) {
        return PackTar.BLOCK + (node.size() + PackTar.BLOCK - 1) / PackTar.BLOCK * PackTar.BLOCK;
    }
}
