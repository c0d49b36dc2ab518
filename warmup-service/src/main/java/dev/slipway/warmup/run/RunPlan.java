package dev.slipway.warmup.run;

import dev.slipway.oci.Reference;
import dev.slipway.warmup.cluster.RunId;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.limits.Waves;
import dev.slipway.warmup.node.NodeSelection;
import dev.slipway.warmup.node.Strategy;
import dev.slipway.warmup.verify.PublishedIndex;
import java.util.Map;

/**
 * What a run does.
 *
 * @param image by digest, where the cluster pulls it from
 * @param tool the image with the program that runs in place of the image's own
 * @param lazyLabels of nodes whose snapshotter does not fetch what is not read; none where empty
 */
public record RunPlan(
        RunId id,
        PublishedIndex index,
        Reference.Digested image,
        Reference.Digested tool,
        NodeSelection selection,
        Strategy strategy,
        Waves waves,
        Limits.Deadlines deadlines,
        Map<String, String> lazyLabels) {
    public RunPlan {
        lazyLabels = Map.copyOf(lazyLabels);
    }

    /** The name of a node's pod; one that only looks has another, so that it is not taken for one that pulls. */
    String podOn(NodeState state) {
        String name = id.podOn(state.node.name());
        return state.probed ? name + "-look" : name;
    }
}
