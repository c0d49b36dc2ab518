package dev.slipway.sbom.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Paths, by eight bytes of their SHA-256: a layer may have hundreds of thousands. */
final class PathSet {
    private long[] hashes = new long[64];
    private int size;
    private boolean sorted = true;
    private final MessageDigest sha256 = Digest.newSha256();

    void add(String path) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = hash(path);
        sorted = false;
    }

    synchronized boolean contains(String path) {
        if (!sorted) {
            Arrays.sort(hashes, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(hashes, 0, size, hash(path)) >= 0;
    }

    int size() {
        return size;
    }

    private long hash(String path) {
        return ByteBuffer.wrap(sha256.digest(path.getBytes(UTF_8))).getLong();
    }
}
