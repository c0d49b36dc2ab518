package dev.slipway.context.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.Digest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what a unit's digest was while nothing about its files changes: path, mode, size, inode, time of modification and
 * time of change. As in git's index, a file that was touched just before it was read is not remembered, since it could
 * change again without any of these changing. Losing the cache, or a damaged one, costs time and nothing else.
 */
final class HashCache {

    /** A digest and how many bytes it is of. */
    record Entry(Digest digest, long size) {}

    private static final long MAGIC = 0x736c697077617931L;
    private static final Duration COARSE = Duration.ofSeconds(2);
    private static final Duration FINE = Duration.ofMillis(20);

    private final Path file;
    private final Map<Digest, Entry> before;
    private final Map<Digest, Entry> now = new ConcurrentHashMap<>();

    private HashCache(Path file, Map<Digest, Entry> before) {
        this.file = file;
        this.before = before;
    }

    /** The cache of one context's root. */
    static HashCache open(Path directory, Path root) {
        String name = Digest.of(root.toString().getBytes(UTF_8)).hex().substring(0, 32);
        Path file = directory.resolve(name);
        return new HashCache(file, read(file));
    }

    static Digest key(Unit unit) {
        MessageDigest sha256 = Digest.newSha256();
        for (Node n : unit.nodes()) {
            String state = "%s\0%s\0%s\0".formatted(n.path(), n.kind(), n.link())
                    + n.mode()
                    + ' '
                    + n.size()
                    + ' '
                    + n.modifiedNanos()
                    + ' '
                    + n.changedNanos()
                    + ' '
                    + n.inode()
                    + '\0';
            sha256.update(state.getBytes(UTF_8));
        }
        return Digest.ofHash(sha256);
    }

    Optional<Entry> find(Digest key) {
        return Optional.ofNullable(before.get(key)).map(entry -> {
            now.put(key, entry);
            return entry;
        });
    }

    /** @param walkedAt when the files were looked at, in nanoseconds since the epoch */
    void remember(Digest key, Unit unit, Entry entry, long walkedAt) {
        if (unit.nodes().stream().allMatch(node -> settled(node, walkedAt))) {
            now.put(key, entry);
        }
    }

    /** Times in whole seconds may come from a file system that has no finer ones. */
    private static boolean settled(Node node, long walkedAt) {
        long last = Math.max(node.modifiedNanos(), node.changedNanos());
        Duration margin = node.changedNanos() % 1_000_000_000L == 0 ? COARSE : FINE;
        return last < walkedAt - margin.toNanos();
    }

    /** Forgets everything, after a remembered digest turned out to be wrong. */
    void drop() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Replaces the file at once, so that two processes do not spoil each other's. */
    void save() throws IOException {
        if (now.equals(before)) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "hashes", ".part");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            out.writeLong(MAGIC);
            out.writeInt(now.size());
            for (Map.Entry<Digest, Entry> e : now.entrySet()) {
                out.write(HexFormat.of().parseHex(e.getKey().hex()));
                out.write(HexFormat.of().parseHex(e.getValue().digest().hex()));
                out.writeLong(e.getValue().size());
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<Digest, Entry> read(Path file) {
        Map<Digest, Entry> entries = new HashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readLong() != MAGIC) {
                return Map.of();
            }
            for (int left = in.readInt(); left > 0; left--) {
                Digest key = digest(in);
                entries.put(key, new Entry(digest(in), in.readLong()));
            }
            return entries;
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            // a cache that cannot be read is no cache
            return Map.of();
        }
    }

    private static Digest digest(DataInputStream in) throws IOException {
        byte[] bytes = new byte[32];
        in.readFully(bytes);
        return new Digest("sha256:" + HexFormat.of().formatHex(bytes));
    }
}
