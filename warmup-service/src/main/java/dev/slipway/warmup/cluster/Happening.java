package dev.slipway.warmup.cluster;

import dev.slipway.warmup.node.Node;

/** Something that a run takes note of. */
public sealed interface Happening {

    /** A node is there, or has changed. */
    record NodeSeen(Node node) implements Happening {}

    record NodeGone(String node) implements Happening {}

    /**
     * A pod of the run is there, or has changed.
     *
     * @param pod its name
     */
    record PodSeen(String pod, String node, PodState state) implements Happening {}

    record PodGone(String pod, String node) implements Happening {}

    /** All that was there at first was told. */
    record Synced() implements Happening {}

    /** The cluster has the pod. */
    record PodCreated(String node) implements Happening {}

    /** The cluster did not take the pod. */
    record PodNotCreated(String node, Answer answer, String message) implements Happening {

        /** Whether to ask again. */
        public enum Answer {
            /** Never. */
            REFUSED,
            /** Later, and as often as it says so. */
            BUSY,
            /** A few times: it did not answer as it should. */
            FAILED
        }
    }

    /** Nothing will be told any more: the cluster was taken away. */
    record ClusterGone() implements Happening {}

    /** One more pod may be in flight. */
    record SlotGranted() implements Happening {}
}
