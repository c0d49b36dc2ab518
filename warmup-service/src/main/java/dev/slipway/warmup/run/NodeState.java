package dev.slipway.warmup.run;

import dev.slipway.warmup.node.Node;
import dev.slipway.warmup.node.SkipReason;
import dev.slipway.warmup.verify.PublishedIndex.Child;
import dev.slipway.warmup.verify.PullFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a run stands with one node. Not safe for several threads: a run has one. */
final class NodeState {

    /** How far it has come. */
    enum Phase {
        PENDING,
        /** It has a pod in flight. */
        ACTIVE,
        WARM,
        LAZY,
        FAILED,
        SKIPPED
    }

    final Node node;
    final @Nullable Child child;
    Phase phase;
    int attempts;
    long since;
    Duration took = Duration.ZERO;

    @Nullable
    SkipReason skipped;

    @Nullable
    PullFailure failure;

    String message = "";
    /** Whether its pod only looks whether the image is there still. */
    boolean probed;
    /** When it is to be looked at again, where that is wanted. */
    long checkAt;
    /** Whether there may be a pod to be removed. */
    boolean hasPod;

    NodeState(Node node, Child child) {
        this.node = node;
        this.child = child;
        this.phase = Phase.PENDING;
    }

    NodeState(Node node, SkipReason reason) {
        this.node = node;
        this.child = null;
        this.phase = Phase.SKIPPED;
        this.skipped = reason;
    }

    boolean isActive() {
        return phase == Phase.ACTIVE;
    }

    /** It had an end, and is tried again: what was proven is only looked at. */
    void lookAgain() {
        probed = phase == Phase.WARM || phase == Phase.LAZY;
        begin();
    }

    /** It does not have the image any more. */
    void lost() {
        probed = false;
        begin();
    }

    private void begin() {
        phase = Phase.PENDING;
        attempts = 0;
        failure = null;
        message = "";
    }

    void fail(PullFailure reason, String why) {
        phase = Phase.FAILED;
        failure = reason;
        message = why;
    }

    void skip(SkipReason reason, String why) {
        phase = Phase.SKIPPED;
        skipped = reason;
        message = why;
    }
}
