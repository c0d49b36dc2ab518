package dev.slipway.warmup.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.Digest;

/**
 * Names a run: the same image of the same build on the same cluster is the same run, so that what an earlier process began
 * is found.
 *
 * @param value a label's value
 */
public record RunId(String value) {
    private static final int LENGTH = 16;
    private static final int NODE_LENGTH = 12;

    public static RunId of(String buildId, String cluster, Digest image) {
        return new RunId(hash(buildId + "\n" + cluster + "\n" + image).substring(0, LENGTH));
    }

    /** The pod of a node in this run: creating it twice is a conflict. */
    public String podOn(String node) {
        return "slipway-warm-" + value + "-" + hash(node).substring(0, NODE_LENGTH);
    }

    /** A number that puts nodes into an order of this run. */
    public String order(String node) {
        return hash(value + node);
    }

    private static String hash(String text) {
        return Digest.of(text.getBytes(UTF_8)).hex();
    }
}
