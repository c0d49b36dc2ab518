package dev.slipway.warmup.node;

import dev.slipway.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node, as far as the warm-up looks at it.
 *
 * @param os as its label says, {@code linux}
 * @param architecture as its label says, {@code arm64}
 * @param pressures conditions that are on, {@code DiskPressure}
 * @param kubelet its version, {@code v1.36.0}
 * @param runtime {@code containerd://2.1.4}
 * @param diskBytes that pods may use; 0 where the node does not say
 */
public record Node(
        String name,
        String os,
        String architecture,
        Map<String, String> labels,
        boolean cordoned,
        boolean ready,
        Set<String> pressures,
        List<Taint> taints,
        String kubelet,
        String runtime,
        long diskBytes) {
    public Node {
        labels = Map.copyOf(labels);
        pressures = Set.copyOf(pressures);
        taints = List.copyOf(taints);
    }

    /** Empty where the labels name a platform that nobody knows. */
    public Optional<Platform> platform() {
        try {
            return Optional.of(Platform.of(os, architecture));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
