package dev.slipway.events.model;

/**
 * Annotations of a descriptor among the referrers of an image: what is signed, and what is found by a tag, cosign's older form
 * of signatures and attestations. They are the event's alone and not the manifest's.
 */
public final class Attachments {
    /** The tag that must name it on a target, together with what that tag names there already. */
    public static final String TAG = "dev.slipway.attachment.tag";

    /** The only repository that it is for, {@code registry/path}; absent where it is for every target. */
    public static final String REPOSITORY = "dev.slipway.attachment.repository";

    /** The id of the key that signed it: base64 of the SHA-256 of its SubjectPublicKeyInfo, as bundles name it. */
    public static final String KEY = "dev.slipway.attachment.key";

    private Attachments() {}
}
