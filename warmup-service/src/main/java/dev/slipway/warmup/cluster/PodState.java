package dev.slipway.warmup.cluster;

import dev.slipway.warmup.verify.PullFailure;

/** What a pod says of the image on its node. */
public sealed interface PodState {

    /** Nothing yet. */
    record Waiting() implements PodState {}

    /** The runtime has something, by this id. */
    record Holding(String imageId) implements PodState {}

    /** It did not work, and the node tries again. */
    record Failing(PullFailure reason, String message) implements PodState {}

    /** It did not work, and the pod has ended. */
    record Ended(PullFailure reason, String message) implements PodState {}

    /** No room on its node. */
    record Unschedulable(String message) implements PodState {}
}
