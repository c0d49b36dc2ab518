package dev.slipway.warmup.pull;

/**
 * A pull policy, and why.
 *
 * @param rule the one that matched
 * @param reason with the numbers that it saw
 */
public record Decision(PullPolicy policy, Rule rule, String reason) {

    /** In the order in which they are tried. */
    public enum Rule {
        CANARY,
        HOT_AND_NOT_CACHED,
        EVERYDAY_SCALING,
        PINNED,
        BY_TAG
    }
}
