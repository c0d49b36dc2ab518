package dev.slipway.warmup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request wants of the warm-up.
 *
 * @param clusters empty for all there are
 * @param nodeSelector labels that nodes must have
 * @param waves as the configuration of a cluster names them; empty for its own
 * @param deadline of the whole run on a cluster
 */
public record WarmupWish(
        List<String> clusters, Map<String, String> nodeSelector, List<String> waves, Optional<Duration> deadline) {
    public static final WarmupWish NOTHING_SPECIAL = new WarmupWish(List.of(), Map.of(), List.of(), Optional.empty());

    public WarmupWish {
        clusters = List.copyOf(clusters);
        nodeSelector = Map.copyOf(nodeSelector);
        waves = List.copyOf(waves);
    }
}
