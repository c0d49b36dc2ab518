package dev.slipway.gateway.builds;

import java.util.Locale;

/** How far a build has come. Stages only go forward, and one that is an end stays. */
public enum Stage {
    REQUESTED,
    PLANNED,
    BUILDING,
    ASSEMBLING,
    ASSEMBLED,
    PUBLISHING,
    PUBLISHED,
    REJECTED,
    CANCELLED,
    ASSEMBLY_FAILED,
    PUBLISH_FAILED,
    SUPERSEDED,
    ROLLED_BACK,
    /** A request to warm what exists, on every cluster that it names. */
    WARMED;

    /** Whether a request ends here. Warm-up ends on its own. */
    public boolean isEnd() {
        return compareTo(PUBLISHED) >= 0;
    }

    /** For people and JSON: {@code assembly-failed}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
