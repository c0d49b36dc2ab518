package dev.slipway.warmup.node;

/** Why a node that was asked for is left out. */
public enum SkipReason {
    /** The image has none for the node's platform. */
    NO_PLATFORM,
    CORDONED,
    NOT_READY,
    UNDER_PRESSURE,
    /** It has a taint that the warm-up does not tolerate. */
    TAINTED,
    /** The image is larger than what pods may use of its disk. */
    DISK_TOO_SMALL,
    /** Its scheduler finds no room for one more pod. */
    FULL;

    /** As events name it: {@code SKIPPED_NO_PLATFORM}. */
    public String code() {
        return "SKIPPED_" + name();
    }
}
