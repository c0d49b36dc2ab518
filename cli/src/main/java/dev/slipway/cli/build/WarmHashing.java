package dev.slipway.cli.build;

import dev.slipway.oci.Digest;
import java.security.MessageDigest;

/**
 * Has the JVM compile what hashing calls, with the launcher's compile thresholds, while the command line is still being read.
 * Without it the first 20 MB of a context take five times as long as the next ones.
 */
public final class WarmHashing {
    private static final int UPDATES = 200;
    private static final int TWO_BLOCKS = 128;

    private WarmHashing() {}

    /** Returns at once. */
    public static void begin() {
        Thread.ofPlatform().name("warm hashing").daemon().start(WarmHashing::hash);
    }

    private static void hash() {
        MessageDigest sha256 = Digest.newSha256();
        byte[] blocks = new byte[TWO_BLOCKS];
        for (int i = 0; i < UPDATES; i++) {
            sha256.update(blocks);
        }
    }
}
