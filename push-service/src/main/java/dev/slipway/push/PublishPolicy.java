package dev.slipway.push;

/** How many targets must have the new digest for a publish to count as done. */
public enum PublishPolicy {
    ALL,
    /** More than half. */
    QUORUM,
    /** One at least. */
    ANY;

    /** How many of so many targets must succeed. */
    public int required(int targets) {
        return switch (this) {
            case ALL -> targets;
            case QUORUM -> targets / 2 + 1;
            case ANY -> 1;
        };
    }
}
