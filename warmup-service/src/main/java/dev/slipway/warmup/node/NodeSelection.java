package dev.slipway.warmup.node;

import dev.slipway.warmup.verify.PublishedIndex;
import dev.slipway.warmup.verify.PublishedIndex.Child;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes get an image.
 *
 * @param labels that a node must have, of a request and of the cluster's configuration together
 * @param tolerated keys of taints that do not keep the warm-up away; {@code *} for all
 */
public record NodeSelection(Map<String, String> labels, Set<String> tolerated) {
    /** An image lies on the disk compressed and unpacked. */
    private static final int DISK_PER_BYTE = 3;

    public NodeSelection {
        labels = Map.copyOf(labels);
        tolerated = Set.copyOf(tolerated);
    }

    /** The first that holds, in the order in which an operator would look. */
    public NodeVerdict judge(Node node, PublishedIndex image) {
        if (!node.labels().entrySet().containsAll(labels.entrySet())) {
            return new NodeVerdict.NotAsked();
        }
        Optional<Child> child = node.platform().flatMap(image::childFor);
        if (child.isEmpty()) {
            return new NodeVerdict.Skipped(SkipReason.NO_PLATFORM);
        }
        if (node.cordoned()) {
            return new NodeVerdict.Skipped(SkipReason.CORDONED);
        }
        if (!node.ready()) {
            return new NodeVerdict.Skipped(SkipReason.NOT_READY);
        }
        if (!node.pressures().isEmpty()) {
            return new NodeVerdict.Skipped(SkipReason.UNDER_PRESSURE);
        }
        if (node.taints().stream().anyMatch(this::keepsAway)) {
            return new NodeVerdict.Skipped(SkipReason.TAINTED);
        }
        if (node.diskBytes() > 0
                && node.diskBytes() / DISK_PER_BYTE < child.get().bytes()) {
            return new NodeVerdict.Skipped(SkipReason.DISK_TOO_SMALL);
        }
        return new NodeVerdict.Chosen(child.get());
    }

    private boolean keepsAway(Taint taint) {
        return taint.repels() && !tolerated.contains("*") && !tolerated.contains(taint.key());
    }
}
