package dev.slipway.warmup.run;

import dev.slipway.warmup.cluster.Happening;
import dev.slipway.warmup.cluster.Happening.PodNotCreated;
import dev.slipway.warmup.cluster.Happening.PodNotCreated.Answer;
import dev.slipway.warmup.cluster.PodRefusedException;
import dev.slipway.warmup.cluster.TooManyRequestsException;
import dev.slipway.warmup.cluster.WarmPod;
import dev.slipway.warmup.cluster.WarmPods;
import dev.slipway.warmup.limits.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What a run asks of its cluster. Nothing waits here: what was answered is a happening. */
final class PodRequests {
    private final RunPlan plan;
    private final WarmPods pods;
    private final TokenBucket pace;
    private final Executor threads;
    private final Consumer<Happening> answers;

    PodRequests(RunPlan plan, WarmPods pods, TokenBucket pace, Executor threads, Consumer<Happening> answers) {
        this.plan = plan;
        this.pods = pods;
        this.pace = pace;
        this.threads = threads;
        this.answers = answers;
    }

    void create(NodeState state) {
        state.hasPod = true;
        String node = state.node.name();
        WarmPod pod = new WarmPod(
                plan.podOn(state),
                plan.id(),
                node,
                plan.image(),
                plan.tool(),
                plan.strategy().on(state.node),
                state.probed,
                plan.deadlines().node());
        threads.execute(() -> answers.accept(answer(pod)));
    }

    private Happening answer(WarmPod pod) {
        try {
            pods.create(pod);
            return new Happening.PodCreated(pod.node());
        } catch (TooManyRequestsException e) {
            pace.pause(e.retryAfter());
            return new PodNotCreated(pod.node(), Answer.BUSY, String.valueOf(e.getMessage()));
        } catch (PodRefusedException e) {
            return new PodNotCreated(pod.node(), Answer.REFUSED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            pace.pause(Duration.ofSeconds(1));
            return new PodNotCreated(pod.node(), Answer.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** Removes a node's pod, where it may have one. */
    void remove(NodeState state) {
        if (state.hasPod) {
            state.hasPod = false;
            String pod = plan.podOn(state);
            threads.execute(() -> pods.remove(List.of(pod)));
        }
    }
}
