package dev.slipway.oci.image;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of how an image came to be (image-spec 1.1, "Image Configuration", {@code history}).
 *
 * @param emptyLayer whether the step added no layer
 */
public record History(
        @Nullable Instant created,
        @Nullable String createdBy,
        @Nullable String author,
        @Nullable String comment,
        boolean emptyLayer) {

    public static History layer(Instant created, String createdBy) {
        return new History(created, createdBy, null, null, false);
    }

    public static History empty(Instant created, String createdBy) {
        return new History(created, createdBy, null, null, true);
    }

    public History withComment(String newComment) {
        return new History(created, createdBy, author, newComment, emptyLayer);
    }
}
