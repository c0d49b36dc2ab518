package dev.slipway.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A content digest: {@code sha256:} and 64 hex digits (image-spec 1.1, "Digests"). */
public record Digest(String value) {

    private static final Pattern SYNTAX = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not a sha256 digest: '%s'".formatted(value));
        }
    }

    /** The digest of bytes. */
    public static Digest of(byte[] content) {
        return new Digest("sha256:" + HexFormat.of().formatHex(newSha256().digest(content)));
    }

    /** The digest that a hash function ended with. */
    public static Digest ofHash(MessageDigest sha256) {
        return new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    public static boolean isDigest(String text) {
        return SYNTAX.matcher(text).matches();
    }

    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public String algorithm() {
        return value.substring(0, value.indexOf(':'));
    }

    public String hex() {
        return value.substring(value.indexOf(':') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
