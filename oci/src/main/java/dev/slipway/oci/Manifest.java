package dev.slipway.oci;

import java.util.Arrays;

/** A manifest, index or artifact as the exact bytes that its digest is of. */
public final class Manifest {
    private final String mediaType;
    private final byte[] bytes;
    private final Digest digest;

    private Manifest(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.digest = Digest.of(bytes);
    }

    public static Manifest of(String mediaType, byte[] bytes) {
        return new Manifest(mediaType, bytes.clone());
    }

    /** What it was served as, or will be: {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public Digest digest() {
        return digest;
    }

    public Descriptor descriptor() {
        return Descriptor.of(mediaType, digest, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest that && mediaType.equals(that.mediaType) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return mediaType + " " + digest;
    }
}
