package dev.slipway.oci;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A content descriptor (image-spec 1.1, "OCI Content Descriptors").
 *
 * @param size in bytes
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        @Nullable Platform platform,
        @Nullable String artifactType,
        Map<String, String> annotations) {

    public Descriptor {
        if (mediaType.isEmpty()) {
            throw new IllegalArgumentException("media type of %s is empty".formatted(digest));
        }
        if (size < 0) {
            throw new IllegalArgumentException("size of %s is negative: %d".formatted(digest, size));
        }
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, null, null, Map.of());
    }

    public static Descriptor of(String mediaType, byte[] content) {
        return of(mediaType, Digest.of(content), content.length);
    }

    public Optional<Platform> optionalPlatform() {
        return Optional.ofNullable(platform);
    }

    public Descriptor withPlatform(Platform newPlatform) {
        return new Descriptor(mediaType, digest, size, newPlatform, artifactType, annotations);
    }

    public Descriptor withAnnotations(Map<String, String> newAnnotations) {
        return new Descriptor(mediaType, digest, size, platform, artifactType, newAnnotations);
    }
}
