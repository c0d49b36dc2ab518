package dev.slipway.warmup.run;

import dev.slipway.warmup.Progress;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.cluster.Happening;
import dev.slipway.warmup.cluster.Happening.PodNotCreated.Answer;
import dev.slipway.warmup.cluster.PodRefusedException;
import dev.slipway.warmup.cluster.PodState;
import dev.slipway.warmup.cluster.TooManyRequestsException;
import dev.slipway.warmup.cluster.WarmPod;
import dev.slipway.warmup.cluster.WarmPods;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.node.SkipReason;
import dev.slipway.warmup.run.NodeState.Phase;
import dev.slipway.warmup.verify.PullFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One image on one cluster. A single thread takes what happens from a queue and decides; creating pods is done by others.
 * Its memory is the cluster: pods stay until the run has ended, so a run that begins again finds what was done.
 */
final class Run {
    private static final int ATTEMPTS = 3;
    /** A kubelet ends a pod at its deadline; one that does not answer any more does not. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String cluster;
    private final RunPlan plan;
    private final Limits limits;
    private final WarmPods pods;
    private final WarmupListener listener;
    private final Executor creating;
    private final NodeStates nodes;
    private final Inbox happenings = new Inbox();
    /** One and the same, since that is how it is taken back. */
    @SuppressWarnings("UnnecessaryLambda")
    private final Runnable granted = () -> happenings.add(new Happening.SlotGranted());

    private final long deadline;
    private boolean synced;
    private boolean asked;
    private @Nullable NodeState next;
    private long nextAt;
    private int failedInWave;
    private int triedBefore;

    Run(String cluster, RunPlan plan, Limits limits, WarmPods pods, WarmupListener listener, Executor creating) {
        this.cluster = cluster;
        this.plan = plan;
        this.limits = limits;
        this.pods = pods;
        this.listener = listener;
        this.creating = creating;
        this.nodes = new NodeStates(plan);
        this.deadline = now() + plan.deadlines().run().toNanos();
    }

    /** Takes note of something, from any thread. */
    void happened(Happening happening) {
        happenings.add(happening);
    }

    WarmupOutcome run() {
        while (!synced) {
            if (!take()) {
                return new WarmupOutcome.TooLate(cluster, nodes.progress(0));
            }
        }
        listener.started(cluster, nodes.eligible());
        List<Integer> waves = plan.waves().over(nodes.eligible());
        for (int wave = 1; wave <= waves.size(); wave++) {
            boolean last = wave == waves.size();
            int end = waves.get(wave - 1);
            int planned = end - Math.min(end, triedBefore);
            failedInWave = 0;
            while (!isOver(end, last)) {
                if (plan.waves().breaks(failedInWave, Math.max(1, planned))) {
                    return halted(wave);
                }
                advance(end, last);
                if (!take()) {
                    return new WarmupOutcome.TooLate(cluster, nodes.progress(wave));
                }
            }
            if (plan.waves().breaks(failedInWave, Math.max(1, planned))) {
                return halted(wave);
            }
            triedBefore = end;
            listener.progressed(cluster, nodes.progress(wave));
        }
        return new WarmupOutcome.Warmed(cluster, nodes.progress(waves.size()));
    }

    private WarmupOutcome halted(int wave) {
        Progress progress = nodes.progress(wave);
        listener.progressed(cluster, progress);
        return new WarmupOutcome.Halted(cluster, progress);
    }

    private boolean isOver(int end, boolean last) {
        boolean allTried = nodes.count(Phase.PENDING) == 0 || (!last && nodes.tried() >= end);
        return allTried && nodes.count(Phase.ACTIVE) == 0 && next == null;
    }

    /** Begins with the next node when there is a slot and a token for it. */
    private void advance(int end, boolean last) {
        NodeState begun = next;
        if (begun != null) {
            nextAt = Math.max(nextAt, now() + limits.creates().rest().toNanos());
            if (now() >= nextAt) {
                next = null;
                begun.since = now();
                create(begun);
            }
            return;
        }
        if (!asked && nodes.nextPending().isPresent() && (last || nodes.tried() < end)) {
            asked = true;
            limits.slots().ask(granted);
        }
    }

    private void create(NodeState state) {
        state.hasPod = true;
        WarmPod pod = new WarmPod(
                plan.id().podOn(state.node.name()),
                plan.id(),
                state.node.name(),
                plan.image(),
                plan.tool(),
                plan.strategy().on(state.node),
                plan.deadlines().node());
        String node = state.node.name();
        creating.execute(() -> {
            try {
                pods.create(pod);
                happenings.add(new Happening.PodCreated(node));
            } catch (TooManyRequestsException e) {
                limits.creates().pause(e.retryAfter());
                happenings.add(new Happening.PodNotCreated(node, Answer.BUSY, String.valueOf(e.getMessage())));
            } catch (PodRefusedException e) {
                happenings.add(new Happening.PodNotCreated(node, Answer.REFUSED, String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                limits.creates().pause(Duration.ofSeconds(1));
                happenings.add(new Happening.PodNotCreated(node, Answer.FAILED, String.valueOf(e.getMessage())));
            }
        });
    }

    /** Waits for what happens next and takes note of it; false when the run's deadline has passed. */
    private boolean take() {
        long now = now();
        if (now >= deadline) {
            return false;
        }
        try {
            Happening happening = happenings.poll(Duration.ofNanos(until(now)));
            if (happening != null) {
                apply(happening);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the warm-up on %s was interrupted".formatted(cluster));
        }
        endLateNodes();
        return true;
    }

    private long until(long now) {
        long wait = deadline - now;
        if (next != null) {
            wait = Math.min(wait, nextAt - now);
        }
        for (NodeState state : nodes.active()) {
            wait = Math.min(wait, lateAt(state) - now);
        }
        return Math.max(0, wait);
    }

    private long lateAt(NodeState state) {
        return state.since + plan.deadlines().node().plus(GRACE).toNanos();
    }

    private void endLateNodes() {
        long now = now();
        for (NodeState state : nodes.active()) {
            if (now >= lateAt(state)) {
                PullFailure known = state.failure;
                fail(
                        state,
                        known == null ? PullFailure.TIMEOUT : known,
                        known == null
                                ? "%s said nothing of its pod for %s"
                                        .formatted(
                                                state.node.name(),
                                                plan.deadlines().node())
                                : state.message);
            }
        }
    }

    private void apply(Happening happening) {
        switch (happening) {
            case Happening.Synced ignored -> synced = true;
            case Happening.NodeSeen seen -> nodes.see(seen.node());
            case Happening.NodeGone gone -> leave(gone.node());
            case Happening.PodSeen seen -> nodes.find(seen.node()).ifPresent(state -> apply(state, seen.state()));
            case Happening.PodGone gone ->
                nodes.find(gone.node()).filter(NodeState::isActive).ifPresent(state -> again(state, "its pod is gone"));
            case Happening.PodCreated ignored -> {}
            case Happening.PodNotCreated not ->
                nodes.find(not.node()).filter(NodeState::isActive).ifPresent(state -> notCreated(state, not));
            case Happening.SlotGranted ignored -> granted();
        }
    }

    private void granted() {
        asked = false;
        NodeState state = nodes.nextPending().orElse(null);
        if (state == null) {
            limits.slots().release();
            return;
        }
        long wait = limits.creates().reserve().toNanos();
        next = state;
        nextAt = now() + wait;
        nodes.change(state, () -> {
            state.phase = Phase.ACTIVE;
            state.since = nextAt;
            state.attempts++;
        });
    }

    private void leave(String node) {
        nodes.forget(node).filter(NodeState::isActive).ifPresent(state -> {
            if (next == state) {
                next = null;
            }
            limits.slots().release();
        });
    }

    private void apply(NodeState state, PodState pod) {
        if (state.phase == Phase.PENDING) {
            // of an earlier process; its slot is taken whether there is room or not
            limits.slots().adopt();
            nodes.change(state, () -> {
                state.phase = Phase.ACTIVE;
                state.since = now();
                state.attempts++;
                state.hasPod = true;
            });
        }
        if (!state.isActive()) {
            return;
        }
        switch (pod) {
            case PodState.Waiting ignored -> {}
            case PodState.Holding holding -> hold(state, holding.imageId());
            case PodState.Failing failing -> {
                // a back-off may not repeat why it backs off
                if (state.failure == null || failing.reason() != PullFailure.OTHER) {
                    state.failure = failing.reason();
                    state.message = failing.message();
                }
                if (failing.reason().isLasting()) {
                    fail(state, failing.reason(), failing.message());
                }
            }
            case PodState.Ended ended -> {
                PullFailure known = state.failure;
                if (known != null && ended.reason() == PullFailure.TIMEOUT) {
                    fail(state, known, state.message);
                } else {
                    fail(state, ended.reason(), ended.message());
                }
            }
            case PodState.Unschedulable full -> {
                end(state, () -> state.skip(SkipReason.FULL, full.message()));
                remove(state);
            }
        }
    }

    private void hold(NodeState state, String imageId) {
        if (state.child == null || !plan.index().isProvenBy(imageId, state.child)) {
            fail(
                    state,
                    PullFailure.WRONG_DIGEST,
                    "%s holds '%s', which is neither the index %s nor its image for the node's platform"
                            .formatted(state.node.name(), imageId, plan.index().digest()));
            return;
        }
        boolean lazy = !plan.lazyLabels().isEmpty()
                && state.node.labels().entrySet().containsAll(plan.lazyLabels().entrySet());
        end(state, () -> {
            state.took = Duration.ofNanos(Math.max(0, now() - state.since));
            state.phase = lazy ? Phase.LAZY : Phase.WARM;
        });
    }

    private void notCreated(NodeState state, Happening.PodNotCreated not) {
        switch (not.answer()) {
            case REFUSED -> fail(state, PullFailure.POD_REFUSED, not.message());
            case BUSY -> {
                state.attempts--;
                again(state, not.message());
            }
            case FAILED -> again(state, not.message());
        }
    }

    private void again(NodeState state, String why) {
        if (state.attempts >= ATTEMPTS) {
            fail(state, PullFailure.POD_LOST, why);
        } else {
            end(state, () -> state.phase = Phase.PENDING);
        }
    }

    private void fail(NodeState state, PullFailure reason, String message) {
        failedInWave++;
        end(state, () -> state.fail(reason, message));
        remove(state);
    }

    /** The node's pod is in flight no more. */
    private void end(NodeState state, Runnable change) {
        if (next == state) {
            next = null;
        }
        nodes.change(state, change);
        limits.slots().release();
    }

    /** A pod that failed would go on trying. */
    private void remove(NodeState state) {
        if (state.hasPod) {
            state.hasPod = false;
            String pod = plan.id().podOn(state.node.name());
            creating.execute(() -> pods.remove(List.of(pod)));
        }
    }

    /** Removes what is left in the cluster; the end has been made known. */
    void cleanUp() {
        pods.remove(nodes.pods());
    }

    /** Gives back what others may use. */
    void close() {
        if (asked && !limits.slots().cancel(granted)) {
            limits.slots().release();
        }
        nodes.active().forEach(state -> limits.slots().release());
    }

    private long now() {
        return limits.nanoTime().getAsLong();
    }
}
