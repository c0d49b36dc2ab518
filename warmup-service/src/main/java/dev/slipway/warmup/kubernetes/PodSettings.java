package dev.slipway.warmup.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the warm-up's pods of a cluster have in common.
 *
 * @param pullSecrets names of secrets in the namespace
 * @param priorityClass its name; it must exist
 * @param tolerated keys of taints; {@code *} for all
 */
public record PodSettings(
        String namespace, List<String> pullSecrets, Optional<String> priorityClass, long user, Set<String> tolerated) {
    public PodSettings {
        pullSecrets = List.copyOf(pullSecrets);
        tolerated = Set.copyOf(tolerated);
    }
}
