package dev.slipway.events.model;

/** The closed list of reasons. A code is never renamed; new ones may come. */
public enum FailureCode {
    REQUEST_INVALID,
    PLATFORM_UNKNOWN,
    PLATFORM_UNAVAILABLE,
    /** No worker of the pool, or none with the labels, that a request names. */
    WORKER_UNAVAILABLE,
    REFERENCE_INVALID,
    OPTION_UNSUPPORTED,
    CONTEXT_UNAVAILABLE,
    CONTEXT_INVALID,
    DOCKERFILE_MISSING,
    DOCKERFILE_INVALID,
    DOCKERFILE_UNSUPPORTED,
    BASE_IMAGE_UNAVAILABLE,
    /** An image that a request names does not exist. */
    IMAGE_NOT_FOUND,
    BUILD_STEP_FAILED,
    BUILD_CANCELLED,
    DEADLINE_EXCEEDED,
    CHILD_MANIFEST_MISSING,
    CHILD_MANIFEST_INVALID,
    CHILD_MEDIA_TYPE_WRONG,
    CHILD_SIZE_WRONG,
    CHILD_CONFIG_INVALID,
    CHILD_PLATFORM_WRONG,
    CHILD_PLATFORM_TWICE,
    CHILD_LAYER_MISSING,
    CHILD_DIFF_IDS_WRONG,
    /** An SBOM was asked for, and the image of a platform comes without. */
    CHILD_SBOM_MISSING,
    CHILD_PROVENANCE_MISSING,
    INDEX_TOO_LARGE,
    POLICY_DENIED,
    /** The tenant may not move a tag that the request names. */
    ACCESS_DENIED,
    SIGNING_KEY_MISSING,
    REGISTRY_UNAVAILABLE,
    REGISTRY_UNAUTHORIZED,
    REGISTRY_REFUSED,
    /** A rollback is asked for to what the tag has never named. */
    NO_EARLIER_IMAGE,
    TAG_IMMUTABLE,
    TAG_MOVED_BY_OTHERS,
    VERIFICATION_FAILED,
    ROLLBACK_INCOMPLETE,
    NODE_PULL_FAILED,
    /** Too many nodes of a wave failed, and no more were tried. */
    WARMUP_HALTED,
    /** A cluster's API did not answer as it should. */
    CLUSTER_UNAVAILABLE,
    /** A request names a cluster that is not configured. */
    CLUSTER_UNKNOWN,
    /** A defect or an outage that outlasted every retry; the dead-letter topic has the event. */
    INTERNAL_ERROR
}
