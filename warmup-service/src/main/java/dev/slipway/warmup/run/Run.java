package dev.slipway.warmup.run;

import dev.slipway.warmup.Progress;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.cluster.ClusterUnavailableException;
import dev.slipway.warmup.cluster.Happening;
import dev.slipway.warmup.cluster.PodState;
import dev.slipway.warmup.cluster.WarmPods;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.node.SkipReason;
import dev.slipway.warmup.run.NodeState.Phase;
import dev.slipway.warmup.verify.PullFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One image on one cluster. A single thread takes what happens from a queue and decides; creating pods is done by others.
 * Its memory is the cluster: pods stay until the run has ended, so a run that begins again finds what was done.
 */
final class Run {
    private static final int ATTEMPTS = 3;
    /** A kubelet ends a pod at its deadline; one that does not answer any more does not. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** That a run does not end with its last wave. */
    private record Keeping(long check, Consumer<String> evicted) {}

    private final String cluster;
    private final RunPlan plan;
    private final Limits limits;
    private final WarmPods pods;
    private final WarmupListener listener;
    private final PodRequests requests;
    private final NodeStates nodes;
    private final Inbox happenings = new Inbox();
    /** One and the same, since that is how it is taken back. */
    @SuppressWarnings("UnnecessaryLambda")
    private final Runnable granted = () -> happenings.add(new Happening.SlotGranted());

    private final long deadline;
    private @Nullable Keeping keeping;
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
        this.requests = new PodRequests(plan, pods, limits.creates(), creating, happenings::add);
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

    /**
     * Keeps the image on the nodes until the run's deadline: those that come get it, and each is looked at again after a while.
     *
     * @param check how long a node is believed to have it
     * @param evicted is told of each node that lost it
     */
    void keep(Duration check, Consumer<String> evicted) {
        keeping = new Keeping(check.toNanos(), evicted);
        while (take()) {
            nodes.due(now()).forEach(state -> nodes.change(state, state::lookAgain));
            if (synced) {
                advance(Integer.MAX_VALUE, true);
            }
        }
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
                requests.create(begun);
            }
            return;
        }
        if (!asked && nodes.nextPending().isPresent() && (last || nodes.tried() < end)) {
            asked = true;
            limits.slots().ask(granted);
        }
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
        wait = Math.min(wait, nodes.nextCheck(now + wait) - now);
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
            case Happening.PodSeen seen -> nodes.find(seen.node()).ifPresent(state -> apply(state, seen));
            case Happening.PodGone gone ->
                nodes.find(gone.node())
                        .filter(state -> state.isActive() && gone.pod().equals(plan.podOn(state)))
                        .ifPresent(state -> again(state, "its pod is gone"));
            case Happening.PodCreated ignored -> {}
            case Happening.PodNotCreated not ->
                nodes.find(not.node()).filter(NodeState::isActive).ifPresent(state -> notCreated(state, not));
            case Happening.ClusterGone ignored ->
                throw new ClusterUnavailableException("it is not watched any more", null);
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

    private void apply(NodeState state, Happening.PodSeen seen) {
        if (!seen.pod().equals(plan.podOn(state))) {
            return;
        }
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
        switch (seen.state()) {
            case PodState.Waiting ignored -> {}
            case PodState.Holding holding -> hold(state, holding.imageId());
            case PodState.Failing failing when state.probed && failing.reason() == PullFailure.ABSENT -> evicted(state);
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
                requests.remove(state);
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

    private void evicted(NodeState state) {
        if (keeping != null) {
            keeping.evicted().accept(state.node.name());
        }
        requests.remove(state);
        end(state, state::lost);
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
        requests.remove(state);
    }

    /** The node's pod is in flight no more. */
    private void end(NodeState state, Runnable change) {
        if (next == state) {
            next = null;
        }
        nodes.change(state, change);
        limits.slots().release();
        if (keeping != null && state.phase != Phase.PENDING) {
            requests.remove(state);
            nodes.checkAt(state, now() + keeping.check());
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
