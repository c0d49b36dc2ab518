package dev.slipway.warmup.run;

import dev.slipway.oci.RepositoryName;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.limits.Waves;
import dev.slipway.warmup.node.NodeSelection;
import dev.slipway.warmup.node.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a cluster is warmed.
 *
 * @param pullFrom registries, or registries with the beginning of a path, nearest first; empty for whatever was published
 * @param selection of every run; a request adds labels
 * @param check how long a node is believed to have an image that is kept
 */
public record ClusterSettings(
        String name,
        List<String> pullFrom,
        NodeSelection selection,
        Strategy strategy,
        Waves waves,
        Limits.Deadlines deadlines,
        Map<String, String> lazyLabels,
        Duration check) {
    public ClusterSettings {
        pullFrom = List.copyOf(pullFrom);
        lazyLabels = Map.copyOf(lazyLabels);
    }

    /** The nearest of the repositories that the cluster pulls from; empty where it pulls from none of them. */
    public Optional<RepositoryName> nearest(List<RepositoryName> repositories) {
        if (pullFrom.isEmpty()) {
            return repositories.stream().findFirst();
        }
        return pullFrom.stream()
                .flatMap(prefix -> repositories.stream().filter(repository -> isBelow(repository.toString(), prefix)))
                .findFirst();
    }

    private static boolean isBelow(String repository, String prefix) {
        String whole = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return repository.equals(whole) || repository.startsWith(whole + "/");
    }
}
