package dev.slipway.events.model;

/**
 * Annotations of a descriptor among the referrers of an image that is found by a tag: cosign's older form of signatures and
 * attestations. They are the event's alone and not the manifest's.
 */
public final class Attachments {
    /** The tag that must name it on a target, together with what that tag names there already. */
    public static final String TAG = "dev.slipway.attachment.tag";

    /** The only repository that it is for, {@code registry/path}; absent where it is for every target. */
    public static final String REPOSITORY = "dev.slipway.attachment.repository";

    private Attachments() {}
}
