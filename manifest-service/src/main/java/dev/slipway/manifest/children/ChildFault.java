package dev.slipway.manifest.children;

/**
 * Why a child may not be in an index.
 *
 * @param message one sentence that names the child
 */
public record ChildFault(Child child, Kind kind, String message) {

    /** The clause follows the child's name. */
    public static ChildFault of(Child child, Kind kind, String clause) {
        return new ChildFault(child, kind, "%s %s".formatted(child.name(), clause));
    }

    /** What is wrong, so that callers need not read messages. */
    public enum Kind {
        /** Its manifest is not in staging. */
        MISSING,
        MEDIA_TYPE,
        SIZE,
        /** It, its index or one of its attestations is not what it must be. */
        MALFORMED,
        /** Its config is not there or is none. */
        CONFIG,
        /** It was built for another platform, or for several. */
        PLATFORM,
        LAYER_MISSING,
        /** It has not as many diff ids as layers. */
        DIFF_IDS,
        /** Another child is for its platform too. */
        SECOND
    }
}
