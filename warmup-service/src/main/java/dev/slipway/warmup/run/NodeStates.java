package dev.slipway.warmup.run;

import dev.slipway.warmup.NodeFailure;
import dev.slipway.warmup.Progress;
import dev.slipway.warmup.node.Node;
import dev.slipway.warmup.node.NodeVerdict;
import dev.slipway.warmup.node.SkipReason;
import dev.slipway.warmup.run.NodeState.Phase;
import dev.slipway.warmup.verify.PullFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/** All nodes of a run. */
final class NodeStates {
    private final RunPlan plan;
    private final Map<String, NodeState> byName = new HashMap<>();
    private final PriorityQueue<NodeState> pending;
    private final Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    private final Set<String> active = new TreeSet<>();
    private final TreeSet<NodeState> checks = new TreeSet<>(
            Comparator.<NodeState>comparingLong(state -> state.checkAt).thenComparing(state -> state.node.name()));

    NodeStates(RunPlan plan) {
        this.plan = plan;
        this.pending =
                new PriorityQueue<>(Comparator.comparing(state -> plan.id().order(state.node.name())));
    }

    /** A node that is new, or that was left out and need not be any more. */
    void see(Node node) {
        NodeState known = byName.get(node.name());
        if (known != null && known.phase != Phase.SKIPPED && known.phase != Phase.PENDING) {
            return;
        }
        switch (plan.selection().judge(node, plan.index())) {
            case NodeVerdict.NotAsked ignored -> forget(node.name());
            case NodeVerdict.Skipped skipped -> put(new NodeState(node, skipped.reason()));
            case NodeVerdict.Chosen chosen -> {
                boolean waits = known != null && (known.phase == Phase.PENDING || known.skipped == SkipReason.FULL);
                if (!waits) {
                    NodeState state = new NodeState(node, chosen.child());
                    put(state);
                    pending.add(state);
                }
            }
        }
    }

    private void put(NodeState state) {
        forget(state.node.name());
        byName.put(state.node.name(), state);
        count(state.phase, 1);
    }

    Optional<NodeState> forget(String node) {
        NodeState state = byName.remove(node);
        if (state != null) {
            count(state.phase, -1);
            active.remove(node);
            pending.remove(state);
            checks.remove(state);
        }
        return Optional.ofNullable(state);
    }

    Optional<NodeState> find(String node) {
        return Optional.ofNullable(byName.get(node));
    }

    /** Changes a node's state; the counts follow. */
    void change(NodeState state, Runnable change) {
        count(state.phase, -1);
        if (state.phase == Phase.PENDING) {
            pending.remove(state);
        }
        change.run();
        count(state.phase, 1);
        if (state.phase == Phase.PENDING) {
            pending.add(state);
        }
        if (state.isActive()) {
            active.add(state.node.name());
        } else {
            active.remove(state.node.name());
        }
    }

    private void count(Phase phase, int difference) {
        counts.merge(phase, difference, Integer::sum);
    }

    int count(Phase phase) {
        return counts.getOrDefault(phase, 0);
    }

    /** Has a node looked at again at some time. */
    void checkAt(NodeState state, long time) {
        checks.remove(state);
        state.checkAt = time;
        checks.add(state);
    }

    /** When the next node is to be looked at; {@code otherwise} where none is. */
    long nextCheck(long otherwise) {
        return checks.isEmpty() ? otherwise : checks.first().checkAt;
    }

    /** Takes those out that are to be looked at now. */
    List<NodeState> due(long now) {
        List<NodeState> due = new ArrayList<>();
        while (!checks.isEmpty() && checks.first().checkAt <= now) {
            due.add(checks.removeFirst());
        }
        return due;
    }

    Optional<NodeState> nextPending() {
        return Optional.ofNullable(pending.peek());
    }

    List<NodeState> active() {
        return active.stream().map(byName::get).toList();
    }

    /** Nodes that should have the image. */
    int eligible() {
        return byName.size() - count(Phase.SKIPPED);
    }

    /** Nodes with an end, or on their way there. */
    int tried() {
        return eligible() - count(Phase.PENDING);
    }

    List<String> pods() {
        return byName.values().stream()
                .filter(state -> state.hasPod)
                .map(plan::podOn)
                .toList();
    }

    Progress progress(int wave) {
        Map<PullFailure, Integer> failed = new EnumMap<>(PullFailure.class);
        Map<SkipReason, Integer> skipped = new EnumMap<>(SkipReason.class);
        List<NodeFailure> failures = new ArrayList<>();
        List<Duration> times = new ArrayList<>();
        long bytes = 0;
        for (NodeState state : byName.values()) {
            if (state.failure != null && state.phase == Phase.FAILED) {
                failed.merge(state.failure, 1, Integer::sum);
                failures.add(new NodeFailure(state.node.name(), state.failure, state.message));
            } else if (state.skipped != null && state.phase == Phase.SKIPPED) {
                skipped.merge(state.skipped, 1, Integer::sum);
            } else if (state.phase == Phase.WARM && state.child != null) {
                times.add(state.took);
                bytes += state.child.bytes();
            }
        }
        failures.sort(Comparator.comparing(NodeFailure::reason).thenComparing(NodeFailure::node));
        return new Progress(
                wave,
                count(Phase.WARM),
                count(Phase.LAZY),
                count(Phase.PENDING) + count(Phase.ACTIVE),
                failed,
                skipped,
                failures,
                Progress.Times.of(times),
                bytes);
    }
}
