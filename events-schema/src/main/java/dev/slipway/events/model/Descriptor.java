package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OCI content descriptor (image-spec 1.1, "OCI Content Descriptors") as events carry it. Platforms stand beside it, by
 * name.
 *
 * @param size in bytes
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Descriptor(
        String mediaType,
        String digest,
        @JsonInclude(JsonInclude.Include.ALWAYS) long size,
        @Nullable String artifactType,
        Map<String, String> annotations) {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    @SuppressWarnings("NullAway") // an absent JSON property arrives as null
    public Descriptor {
        Objects.requireNonNull(mediaType, "mediaType of a descriptor is missing");
        if (digest == null || !isDigest(digest)) {
            throw new IllegalArgumentException("not a digest: '%s'".formatted(digest));
        }
        if (size < 0) {
            throw new IllegalArgumentException("size of %s is negative: %d".formatted(digest, size));
        }
        annotations = annotations == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    public static Descriptor of(String mediaType, String digest, long size) {
        return new Descriptor(mediaType, digest, size, null, Map.of());
    }
}
