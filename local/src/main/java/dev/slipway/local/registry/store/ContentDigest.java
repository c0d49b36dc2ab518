package dev.slipway.local.registry.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** A digest by one of the algorithms that image-spec 1.1 registers, "Registered algorithms". */
public record ContentDigest(Algorithm algorithm, String hex) {

    /** What clients may push by. */
    public enum Algorithm {
        SHA256("sha256", "SHA-256", 64),
        SHA512("sha512", "SHA-512", 128);

        private final String prefix;
        private final String javaName;
        private final Pattern hex;

        Algorithm(String prefix, String javaName, int digits) {
            this.prefix = prefix;
            this.javaName = javaName;
            this.hex = Pattern.compile("[0-9a-f]{%d}".formatted(digits));
        }

        MessageDigest newHash() {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + javaName, e);
            }
        }

        /** The digest of bytes. */
        public ContentDigest of(byte[] content) {
            return new ContentDigest(this, HexFormat.of().formatHex(newHash().digest(content)));
        }
    }

    public ContentDigest {
        if (!algorithm.hex.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a %s: '%s'".formatted(algorithm.prefix, hex));
        }
    }

    /** Empty for text that is no digest, or one of another algorithm. */
    public static Optional<ContentDigest> parse(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (text.startsWith(algorithm.prefix + ":")) {
                String hex = text.substring(algorithm.prefix.length() + 1);
                return algorithm.hex.matcher(hex).matches()
                        ? Optional.of(new ContentDigest(algorithm, hex))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    static ContentDigest ofHash(Algorithm algorithm, MessageDigest hash) {
        return new ContentDigest(algorithm, HexFormat.of().formatHex(hash.digest()));
    }

    /** As directories are named. */
    String prefix() {
        return algorithm.prefix;
    }

    @Override
    public String toString() {
        return algorithm.prefix + ":" + hex;
    }
}
